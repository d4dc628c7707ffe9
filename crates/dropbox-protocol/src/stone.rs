//! How Dropbox writes its types as JSON (its interface language is called Stone): two macros, `record!` for
//! structs and `union!` for tagged unions, that make a type readable and writable at once. No type lives here.
//!
//! Reading forgives what real clients do: fields in any order, unknown fields, and a union without a value
//! written as a bare string. Writing is strict, because some clients need it: `.tag` comes first, unions are
//! always objects, and absent fields are left out.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::de::value::MapDeserializer;
use serde::de::{self, Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde::ser::{SerializeMap, Serializer};
use serde_json::{Map, Value};

/// The key under which a union names its member.
const TAG: &str = ".tag";

/// A type with named fields, which can stand alone or be flattened beside the tag of a union.
pub trait Record: Sized {
    /// What the type is called in messages about malformed input.
    const NAME: &'static str;
    fn write_fields<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error>;
    fn read_fields<'de, A: MapAccess<'de>>(map: A) -> Result<Self, A::Error>;
}

/// A type with tagged members.
pub trait Union: Sized {
    /// What the type is called in messages about malformed input.
    const NAME: &'static str;
    fn write_member<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error>;
    /// `map` holds what comes beside the tag.
    fn read_member<'de, A: MapAccess<'de>>(tag: &str, map: A) -> Result<Self, A::Error>;
}

/// Declares structs as the reference writes them. `field: Type = value` may be absent, and then is `value`;
/// a field declared `= None` may be null as well and is left out when there is nothing to say.
///
/// Each struct gets `new`, which takes the required fields in order.
macro_rules! record {
    ($( $(#[$meta:meta])* pub struct $name:ident { $(
        $(#[$field_meta:meta])* pub $field:ident : $type:ty $(= $default:tt)?
    ),* $(,)? } )+) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq)]
        pub struct $name { $( $(#[$field_meta])* pub $field: $type, )* }

        impl $name { record!(@new [] [] $($field : $type $(= $default)?,)*); }

        impl $crate::stone::Record for $name {
            const NAME: &'static str = stringify!($name);

            fn write_fields<M: serde::ser::SerializeMap>(&self, _map: &mut M) -> Result<(), M::Error> {
                $( if !record!(@absent self.$field $(, $default)?) {
                    _map.serialize_entry(stringify!($field), &self.$field)?;
                } )*
                Ok(())
            }

            #[allow(unused_parens)]
            fn read_fields<'de, A: serde::de::MapAccess<'de>>(mut map: A) -> Result<Self, A::Error> {
                $( let mut $field: Option<$type> = None; )*
                while let Some(key) = map.next_key::<$crate::stone::Key>()? {
                    match key.as_str() {
                        $( stringify!($field) => $field = Some(map.next_value()?), )*
                        _ => { map.next_value::<serde::de::IgnoredAny>()?; }
                    }
                }
                Ok(Self { $( $field: match $field {
                    Some(value) => value,
                    None => record!(@default $field $(, $default)?),
                } ),* })
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $crate::stone::write_record(self, serializer)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::stone::read_record(deserializer)
            }
        }
    )+};

    (@new [$($required:ident : $type:ty,)*] [$($optional:ident = $default:tt,)*]) => {
        /// The required fields as given, every other one as if it were absent.
        #[must_use]
        #[allow(clippy::too_many_arguments, clippy::new_without_default)]
        pub fn new($($required: impl Into<$type>),*) -> Self {
            Self { $($required: $required.into(),)* $($optional: $default,)* }
        }
    };
    (@new [$($required:tt)*] [$($optional:tt)*] $field:ident : $type:ty = $default:tt, $($rest:tt)*) => {
        record!(@new [$($required)*] [$($optional)* $field = $default,] $($rest)*);
    };
    (@new [$($required:tt)*] [$($optional:tt)*] $field:ident : $type:ty, $($rest:tt)*) => {
        record!(@new [$($required)* $field : $type,] [$($optional)*] $($rest)*);
    };

    (@absent $value:expr, None) => { $value.is_none() };
    (@absent $value:expr $(, $default:tt)?) => { false };

    (@default $field:ident, $default:tt) => { $default };
    (@default $field:ident) => { return Err(serde::de::Error::missing_field(stringify!($field))) };
}

/// Declares unions as the reference writes them: `Member = "tag"` without a value, `Member(flat Struct)` with the
/// struct's fields beside the tag, `Member(nested Type)` with the value under a key named like the tag, and
/// `Member(nullable Option<Type>)` for a nested value that may be missing.
///
/// An `open` union reads tags that it does not know as `Other`, which cannot be written; a `closed` one refuses.
macro_rules! union {
    ($( $(#[$meta:meta])* pub $openness:ident union $name:ident { $($members:tt)* } )+) => {
        $( union!(@$openness [$(#[$meta])*] $name $($members)*); )+
    };
    (@open [$($meta:tt)*] $name:ident $($members:tt)*) => {
        union!(@define [$($meta)*] $name [Other] $($members)*);
    };
    (@closed [$($meta:tt)*] $name:ident $($members:tt)*) => {
        union!(@define [$($meta)*] $name [] $($members)*);
    };

    (@define [$($meta:tt)*] $name:ident [$($other:ident)?] $(
        $(#[$member_meta:meta])* $member:ident $(($kind:ident $type:ty))? = $tag:literal
    ),* $(,)?) => {
        $($meta)*
        #[derive(Debug, Clone, PartialEq)]
        #[allow(clippy::large_enum_variant)]
        pub enum $name {
            $( $(#[$member_meta])* $member $(($type))?, )*
            $( /// A member that this version does not know. It can be read, but not written.
            $other, )?
        }

        impl $name {
            /// The tag of this member on the wire.
            #[must_use]
            pub fn tag(&self) -> &'static str {
                match self {
                    $( Self::$member { .. } => $tag, )*
                    $( Self::$other => union!(@other_tag $other), )?
                }
            }
        }

        impl $crate::stone::Union for $name {
            const NAME: &'static str = stringify!($name);

            fn write_member<M: serde::ser::SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
                match self {
                    $( Self::$member { $(0: $kind)? } => {
                        $crate::stone::write_tag($tag, map)?;
                        $( union!(@write $kind, $kind, $tag, map); )?
                    } )*
                    $( Self::$other => return $crate::stone::refuse_other(stringify!($name), stringify!($other)), )?
                }
                Ok(())
            }

            fn read_member<'de, A: serde::de::MapAccess<'de>>(tag: &str, map: A) -> Result<Self, A::Error> {
                match tag {
                    $( $tag => union!(@read Self::$member, $tag, map $(, $kind)?), )*
                    $( _ => $crate::stone::read_void(map, Self::$other), )?
                    #[allow(unreachable_patterns)]
                    _ => Err(serde::de::Error::unknown_variant(tag, &[$($tag),*])),
                }
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $crate::stone::write_union(self, serializer)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::stone::read_union(deserializer)
            }
        }
    };

    (@other_tag $other:ident) => { "other" };

    (@write flat, $value:ident, $tag:literal, $map:ident) => {
        $crate::stone::Record::write_fields($value, $map)?
    };
    (@write nested, $value:ident, $tag:literal, $map:ident) => { $map.serialize_entry($tag, $value)? };
    (@write nullable, $value:ident, $tag:literal, $map:ident) => {
        if let Some(value) = $value { $map.serialize_entry($tag, value)?; }
    };

    (@read $member:path, $tag:literal, $map:ident) => {
        $crate::stone::read_void($map, $member)
    };
    (@read $member:path, $tag:literal, $map:ident, flat) => {
        Ok($member($crate::stone::Record::read_fields($map)?))
    };
    (@read $member:path, $tag:literal, $map:ident, nested) => {
        Ok($member(match $crate::stone::read_nested($map, $tag)? {
            Some(value) => value,
            None => return Err(serde::de::Error::missing_field($tag)),
        }))
    };
    (@read $member:path, $tag:literal, $map:ident, nullable) => {
        Ok($member($crate::stone::read_nested($map, $tag)?.flatten()))
    };
}

pub(crate) use {record, union};

pub fn write_record<T: Record, S: Serializer>(record: &T, serializer: S) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(None)?;
    record.write_fields(&mut map)?;
    map.end()
}

pub fn write_union<T: Union, S: Serializer>(union: &T, serializer: S) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(None)?;
    union.write_member(&mut map)?;
    map.end()
}

pub fn write_tag<M: SerializeMap>(tag: &str, map: &mut M) -> Result<(), M::Error> {
    map.serialize_entry(TAG, tag)
}

pub fn refuse_other<E: serde::ser::Error>(union: &str, member: &str) -> Result<(), E> {
    Err(E::custom(format_args!("{union}::{member} stands for what we do not know and cannot be written")))
}

pub fn read_record<'de, T: Record, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    struct RecordVisitor<T>(PhantomData<T>);

    impl<'de, T: Record> Visitor<'de> for RecordVisitor<T> {
        type Value = T;

        fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
            write!(formatter, "an object ({})", T::NAME)
        }

        fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
            T::read_fields(map)
        }
    }

    deserializer.deserialize_map(RecordVisitor(PhantomData))
}

pub fn read_union<'de, T: Union, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    struct UnionVisitor<T>(PhantomData<T>);

    impl<'de, T: Union> Visitor<'de> for UnionVisitor<T> {
        type Value = T;

        fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
            write!(formatter, "an object with a {TAG} ({})", T::NAME)
        }

        fn visit_str<E: de::Error>(self, tag: &str) -> Result<T, E> {
            T::read_member(tag, MapDeserializer::new(std::iter::empty::<(&str, &str)>()))
        }

        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<T, A::Error> {
            let Some(first) = map.next_key::<Key>()? else { return Err(de::Error::missing_field(TAG)) };
            if first.as_str() == TAG {
                let tag = map.next_value::<Key>()?;
                return T::read_member(tag.as_str(), map);
            }
            // The tag comes later: keep what stands before it.
            let mut fields = Map::new();
            fields.insert(first.0.into_owned(), map.next_value()?);
            while let Some((name, value)) = map.next_entry::<String, Value>()? {
                fields.insert(name, value);
            }
            let Some(tag) = fields.remove(TAG) else { return Err(de::Error::missing_field(TAG)) };
            let Value::String(tag) = tag else { return Err(de::Error::custom(".tag is not a string")) };
            T::read_member(&tag, MapDeserializer::new(fields.into_iter()))
                .map_err(|error: serde_json::Error| de::Error::custom(error))
        }
    }

    deserializer.deserialize_any(UnionVisitor(PhantomData))
}

pub fn read_void<'de, T, A: MapAccess<'de>>(mut map: A, member: T) -> Result<T, A::Error> {
    while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
    Ok(member)
}

pub fn read_nested<'de, T: Deserialize<'de>, A: MapAccess<'de>>(
    mut map: A,
    tag: &str,
) -> Result<Option<T>, A::Error> {
    let mut nested = None;
    while let Some(key) = map.next_key::<Key>()? {
        if key.as_str() == tag {
            nested = Some(map.next_value()?);
        } else {
            map.next_value::<IgnoredAny>()?;
        }
    }
    Ok(nested)
}

/// A short text such as the name of a field, borrowed from the input where that is possible.
#[derive(Debug)]
pub struct Key<'de>(Cow<'de, str>);

impl Key<'_> {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Key<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct KeyVisitor;

        impl<'de> Visitor<'de> for KeyVisitor {
            type Value = Key<'de>;

            fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
                formatter.write_str("a name")
            }

            fn visit_borrowed_str<E>(self, name: &'de str) -> Result<Key<'de>, E> {
                Ok(Key(Cow::Borrowed(name)))
            }

            fn visit_str<E>(self, name: &str) -> Result<Key<'de>, E> {
                Ok(Key(Cow::Owned(name.to_owned())))
            }
        }

        deserializer.deserialize_str(KeyVisitor)
    }
}
