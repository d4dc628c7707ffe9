//! Property groups: named values that apps attach to files. Coffer passes them through and makes none.

use super::LookupError;
use crate::stone::{record, union};

record! {
    pub struct PropertyGroup {
        pub template_id: String,
        pub fields: Vec<PropertyField>,
    }

    pub struct PropertyField {
        pub name: String,
        pub value: String,
    }
}

union! {
    /// Which property groups a reply should include.
    pub open union TemplateFilter {
        FilterSome(nested Vec<String>) = "filter_some",
    }

    pub open union TemplateError {
        TemplateNotFound(nested String) = "template_not_found",
        RestrictedContent = "restricted_content",
    }

    pub open union InvalidPropertyGroupError {
        TemplateNotFound(nested String) = "template_not_found",
        RestrictedContent = "restricted_content",
        Path(nested LookupError) = "path",
        UnsupportedFolder = "unsupported_folder",
        PropertyFieldTooLarge = "property_field_too_large",
        DoesNotFitTemplate = "does_not_fit_template",
        DuplicatePropertyGroups = "duplicate_property_groups",
    }
}
