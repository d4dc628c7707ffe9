//! One form for all options: a `#[non_exhaustive]` struct with a `Default` and public fields, and a `with_…` method for
//! each field, so that a field more breaks nobody.

/// Writes the `with_…` methods of a struct of options: `to value(T)` takes a `T`; `to some(T)` takes what becomes a `T`
/// and sets the optional field to it.
macro_rules! setters {
    ($options:ident: $($setter:ident sets $field:ident to $kind:ident($type:ty)),+ $(,)?) => {
        impl $options {
            $( setters!(@$kind $setter $field $type); )+
        }
    };
    (@value $setter:ident $field:ident $type:ty) => {
        #[doc = concat!("The same options with another [`", stringify!($field), "`](Self::", stringify!($field), ").")]
        #[must_use]
        pub fn $setter(self, $field: $type) -> Self {
            Self { $field, ..self }
        }
    };
    (@some $setter:ident $field:ident $type:ty) => {
        #[doc = concat!("The same options with a [`", stringify!($field), "`](Self::", stringify!($field), ").")]
        #[must_use]
        pub fn $setter(self, $field: impl Into<$type>) -> Self {
            Self { $field: Some($field.into()), ..self }
        }
    };
}

pub(crate) use setters;
