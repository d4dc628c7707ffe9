//! What can be filled into a text: words and numbers.

pub use fluent_bundle::FluentValue as Value;

use std::borrow::Cow;

pub trait ToValue {
    fn to_value(&self) -> Value<'_>;
}

impl<T: ToValue + ?Sized> ToValue for &T {
    fn to_value(&self) -> Value<'_> {
        (**self).to_value()
    }
}

impl ToValue for str {
    fn to_value(&self) -> Value<'_> {
        self.into()
    }
}

impl ToValue for String {
    fn to_value(&self) -> Value<'_> {
        self.as_str().into()
    }
}

impl ToValue for Cow<'_, str> {
    fn to_value(&self) -> Value<'_> {
        (**self).into()
    }
}

macro_rules! numbers {
    ($($number:ty),+) => {
        $(impl ToValue for $number {
            fn to_value(&self) -> Value<'_> {
                (*self).into()
            }
        })+
    };
}

numbers!(u8, u16, u32, u64, usize, i32, i64);
