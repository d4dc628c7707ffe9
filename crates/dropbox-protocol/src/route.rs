//! What a route is: its name, where and how it is called, and the types that go in and come out.
//! The routes themselves stand beside their types, as constants of `files`, `sharing`, `users`, `auth` and `check`.

use std::fmt;
use std::marker::PhantomData;

/// Which of Dropbox's hosts serves a route (reference §2.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Host {
    Api,
    Content,
    Notify,
}

/// Where argument, result and bytes travel (reference §2.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Style {
    /// JSON in, JSON out.
    Rpc,
    /// Argument in a header, bytes in, JSON out.
    Upload,
    /// Argument in a header, result in a header, bytes out.
    Download,
}

/// Who may call a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Auth {
    /// A person's access token.
    User,
    /// The app's key and secret.
    App,
    /// Either of them.
    AppOrUser,
    /// Nobody shows anything.
    None,
}

/// What a token must be allowed to do (reference §4.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Scope {
    AccountInfoRead,
    FilesMetadataRead,
    FilesMetadataWrite,
    FilesContentRead,
    FilesContentWrite,
    FilesPermanentDelete,
    SharingRead,
    SharingWrite,
}

impl Scope {
    pub const ALL: [Self; 8] = [
        Self::AccountInfoRead,
        Self::FilesMetadataRead,
        Self::FilesMetadataWrite,
        Self::FilesContentRead,
        Self::FilesContentWrite,
        Self::FilesPermanentDelete,
        Self::SharingRead,
        Self::SharingWrite,
    ];

    /// The scope's name in authorization requests and in `missing_scope`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::AccountInfoRead => "account_info.read",
            Self::FilesMetadataRead => "files.metadata.read",
            Self::FilesMetadataWrite => "files.metadata.write",
            Self::FilesContentRead => "files.content.read",
            Self::FilesContentWrite => "files.content.write",
            Self::FilesPermanentDelete => "files.permanent_delete",
            Self::SharingRead => "sharing.read",
            Self::SharingWrite => "sharing.write",
        }
    }

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scope| scope.name() == name)
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

/// What a second call does after a first one whose answer was lost (RFC 9110 §9.2): whether it may be made at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Idempotence {
    /// The route only reads. What it makes beside its answer, such as a cursor or a temporary link, disturbs nobody.
    Safe,
    /// Two calls with the same argument have the effect and the answer of one. Uploads are among these as long as
    /// `autorename` is off: equal content at the same place is not written again.
    Idempotent,
    /// A second call could act twice, or answer something else than the first: a deleted item is not found then.
    NotIdempotent,
}

impl Idempotence {
    /// Whether a call may be made again when it is unknown whether the first one had an effect.
    pub const fn may_repeat(self) -> bool {
        matches!(self, Self::Safe | Self::Idempotent)
    }
}

/// The part of a route that needs no types: enough to dispatch, authorize and build an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct RouteInfo {
    /// Namespace and route with its version suffix, such as `files/copy_batch/check_v2`; served under `/2/`.
    pub name: &'static str,
    pub style: Style,
    pub host: Host,
    pub auth: Auth,
    pub idempotence: Idempotence,
    pub scope: Option<Scope>,
}

/// A route whose argument is `A`, whose result is `R` and whose 409 carries `E`. `S` is its style.
pub struct Route<S, A, R, E> {
    pub info: RouteInfo,
    types: PhantomData<Types<S, A, R, E>>,
}

/// As a function's type the four need not be `Send` or `Sync` for a route to be both.
type Types<S, A, R, E> = fn(S, A) -> Result<R, E>;

/// The style of a route as a type, so that the compiler keeps uploads, downloads and plain calls apart.
pub trait StyleMarker {
    const STYLE: Style;
}

#[derive(Debug)]
pub enum RpcStyle {}
#[derive(Debug)]
pub enum UploadStyle {}
#[derive(Debug)]
pub enum DownloadStyle {}

impl StyleMarker for RpcStyle {
    const STYLE: Style = Style::Rpc;
}
impl StyleMarker for UploadStyle {
    const STYLE: Style = Style::Upload;
}
impl StyleMarker for DownloadStyle {
    const STYLE: Style = Style::Download;
}

pub type Rpc<A, R, E> = Route<RpcStyle, A, R, E>;
pub type Upload<A, R, E> = Route<UploadStyle, A, R, E>;
pub type Download<A, R, E> = Route<DownloadStyle, A, R, E>;

impl<S: StyleMarker, A, R, E> Route<S, A, R, E> {
    pub const fn new(
        name: &'static str,
        host: Host,
        auth: Auth,
        idempotence: Idempotence,
        scope: Option<Scope>,
    ) -> Self {
        Self { info: RouteInfo { name, style: S::STYLE, host, auth, idempotence, scope }, types: PhantomData }
    }
}

impl<S, A, R, E> Clone for Route<S, A, R, E> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<S, A, R, E> Copy for Route<S, A, R, E> {}

impl<S, A, R, E> fmt::Debug for Route<S, A, R, E> {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        self.info.fmt(formatter)
    }
}

/// Declares the routes of a namespace and lists them all in `ROUTES`.
/// A line reads: `NAME: Style<Argument, Result, Error> = "route", host, who, idempotence, scope;`.
macro_rules! routes {
    ($( $(#[$meta:meta])* $name:ident : $style:ident<$argument:ty, $result:ty, $error:ty>
        = $route:literal, $host:ident, $auth:ident, $idempotence:ident $(, $scope:ident)?; )+) => {
        $(
            $(#[$meta])*
            #[doc = concat!("`", $route, "`")]
            pub const $name: $crate::route::$style<$argument, $result, $error> =
                $crate::route::Route::new(
                    $route,
                    $crate::route::Host::$host,
                    $crate::route::Auth::$auth,
                    $crate::route::Idempotence::$idempotence,
                    routes!(@scope $($scope)?),
                );
        )+

        /// Every route of this namespace.
        pub const ROUTES: &[$crate::route::RouteInfo] = &[$($name.info),+];
    };
    (@scope) => { None };
    (@scope $scope:ident) => { Some($crate::route::Scope::$scope) };
}

pub(crate) use routes;

#[cfg(test)]
mod tests {
    use super::Idempotence;
    use crate::routes;

    /// A new route is judged here as well as in its table: whoever adds an edit has to say that it is one.
    #[test]
    fn every_route_that_may_not_be_repeated_is_named_here() {
        let mut edits: Vec<&str> = routes()
            .filter(|route| route.idempotence == Idempotence::NotIdempotent)
            .map(|route| route.name)
            .collect();
        edits.sort_unstable();
        assert_eq!(
            edits,
            [
                "auth/token/from_oauth1",
                "auth/token/revoke",
                "files/copy_batch_v2",
                "files/copy_reference/save",
                "files/copy_v2",
                "files/create_folder_batch",
                "files/create_folder_v2",
                "files/delete_batch",
                "files/delete_v2",
                "files/move_batch_v2",
                "files/move_v2",
                "files/permanently_delete",
                "files/restore",
                "files/save_url",
                "files/tags/add",
                "files/tags/remove",
                "files/upload_session/finish",
                "files/upload_session/finish_batch",
                "files/upload_session/finish_batch_v2",
                "sharing/mount_folder",
                "sharing/revoke_shared_link",
                "sharing/unmount_folder",
            ]
        );
    }

    #[test]
    fn the_writes_that_may_be_repeated_are_few() {
        let mut writes: Vec<&str> = routes()
            .filter(|route| route.idempotence == Idempotence::Idempotent)
            .map(|route| route.name)
            .collect();
        writes.sort_unstable();
        assert_eq!(
            writes,
            [
                "files/upload",
                "files/upload_session/append_batch",
                "files/upload_session/append_v2",
                "files/upload_session/start",
                "files/upload_session/start_batch",
                "sharing/create_shared_link_with_settings",
                "sharing/modify_shared_link_settings",
            ]
        );
    }
}
