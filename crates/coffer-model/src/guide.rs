//! The pages of the guide, which the program has in itself. Their texts are in `docs/guide`.

/// In the order in which a newcomer reads them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum GuidePage {
    FirstSteps,
    Files,
    Transfers,
    VersionsAndTime,
    Sharing,
    Overview,
    CommandLine,
    LocalAccount,
    Keys,
    Privacy,
}

impl GuidePage {
    pub const ALL: [Self; 10] = [
        Self::FirstSteps,
        Self::Files,
        Self::Transfers,
        Self::VersionsAndTime,
        Self::Sharing,
        Self::Overview,
        Self::CommandLine,
        Self::LocalAccount,
        Self::Keys,
        Self::Privacy,
    ];

    /// By which the pages link to each other.
    pub fn file_name(self) -> &'static str {
        match self {
            Self::FirstSteps => "first-steps.md",
            Self::Files => "files.md",
            Self::Transfers => "transfers.md",
            Self::VersionsAndTime => "versions-and-time.md",
            Self::Sharing => "sharing.md",
            Self::Overview => "overview.md",
            Self::CommandLine => "command-line.md",
            Self::LocalAccount => "local-account.md",
            Self::Keys => "keys.md",
            Self::Privacy => "privacy.md",
        }
    }

    /// The page that a link in another one leads to.
    pub fn linked(address: &str) -> Option<Self> {
        let name = address.split('#').next().unwrap_or_default();
        Self::ALL.into_iter().find(|page| page.file_name() == name)
    }
}
