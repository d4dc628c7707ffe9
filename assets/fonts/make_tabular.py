#!/usr/bin/env python3
"""Makes InterTabular-Regular.otf from Inter-Regular.otf: Latin-1 and some punctuation, and digits of one width.

The text layout of the program cannot ask for the OpenType feature `tnum`, so the glyphs that the feature would
choose become the default ones here. Needs fonttools.
"""

from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

here = Path(__file__).parent
font = TTFont(here / "Inter-Regular.otf")

substitutions = {}
gsub = font["GSUB"].table
for record in gsub.FeatureList.FeatureRecord:
    if record.FeatureTag == "tnum":
        for index in record.Feature.LookupListIndex:
            for table in gsub.LookupList.Lookup[index].SubTable:
                substitutions |= getattr(table, "ExtSubTable", table).mapping

for table in font["cmap"].tables:
    for code, glyph in table.cmap.items():
        table.cmap[code] = substitutions.get(glyph, glyph)

wanted = [*range(0x20, 0x7F), *range(0xA0, 0x100), *map(ord, "–—‘’“”•…−×÷≈≤≥←→↑↓€\u2002\u2007\u2009\u202f")]
options = subset.Options(layout_features=["kern", "mark", "mkmk", "ccmp"], name_IDs=["*"], notdef_outline=True)
options.name_languages = ["*"]
subsetter = subset.Subsetter(options)
subsetter.populate(unicodes=wanted)
subsetter.subset(font)

for record in font["name"].names:
    text = str(record)
    if record.nameID == 3:
        record.string = text + ":tabular"
    elif record.nameID in (1, 4, 16):
        record.string = text.replace("Inter", "Inter Tabular", 1)
    elif record.nameID == 6:
        record.string = text.replace("Inter", "InterTabular", 1)
font["CFF "].cff.fontNames = ["InterTabular-Regular"]
font.save(here / "InterTabular-Regular.otf")
