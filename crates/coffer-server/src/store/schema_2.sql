-- Names for the search, folded: the last part of each path that was ever used. A path keeps its row for
-- ever, so this index is only ever added to, and made anew when names are folded in another way.
DROP TABLE names;
CREATE VIRTUAL TABLE names USING fts5 (folded, content='', tokenize='trigram', detail='none');
