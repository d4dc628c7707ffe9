//! A set of places, one bit each.

#[derive(Debug)]
pub(crate) struct Bits(Vec<u64>);

impl Bits {
    pub(crate) fn new(length: usize) -> Self {
        Self(vec![0; length.div_ceil(64)])
    }

    /// Those that are in any of the sets; all if there is none.
    pub(crate) fn of_words(sets: &[Self], length: usize) -> Self {
        let Some((first, others)) = sets.split_first() else { return Self::all(length) };
        let mut bits = Self(first.0.clone());
        for other in others {
            bits.0.iter_mut().zip(&other.0).for_each(|(bits, other)| *bits |= other);
        }
        bits
    }

    fn all(length: usize) -> Self {
        let mut bits = Self(vec![u64::MAX; length.div_ceil(64)]);
        if let (Some(last), 1..) = (bits.0.last_mut(), length % 64) {
            *last = (1 << (length % 64)) - 1;
        }
        bits
    }

    pub(crate) fn and(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(bits, other)| *bits &= other);
    }

    pub(crate) fn set_if(&mut self, place: usize, condition: bool) {
        self.0[place / 64] |= u64::from(condition) << (place % 64);
    }

    pub(crate) fn get(&self, place: usize) -> bool {
        self.0[place / 64] >> (place % 64) & 1 != 0
    }

    /// The places in it, rising.
    pub(crate) fn ones(&self) -> impl Iterator<Item = usize> + '_ {
        self.0.iter().enumerate().flat_map(|(word, bits)| {
            std::iter::successors(Some(*bits).filter(|bits| *bits != 0), |bits| {
                Some(bits & (bits - 1)).filter(|bits| *bits != 0)
            })
            .map(move |bits| word * 64 + bits.trailing_zeros() as usize)
        })
    }
}
