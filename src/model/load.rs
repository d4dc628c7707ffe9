//! What arrives later. Old content stays visible while it is refreshed.

use super::Problem;

#[derive(Clone, Debug, Default, PartialEq)]
pub enum Load<T> {
    #[default]
    Idle,
    Pending {
        previous: Option<T>,
    },
    Ready(T),
    Failed {
        problem: Problem,
        previous: Option<T>,
    },
}

impl<T> Load<T> {
    /// The newest content there is, whether or not it is being refreshed.
    pub fn value(&self) -> Option<&T> {
        match self {
            Self::Idle => None,
            Self::Ready(value) => Some(value),
            Self::Pending { previous } | Self::Failed { previous, .. } => previous.as_ref(),
        }
    }

    pub fn is_pending(&self) -> bool {
        matches!(self, Self::Pending { .. })
    }

    pub fn problem(&self) -> Option<&Problem> {
        match self {
            Self::Failed { problem, .. } => Some(problem),
            _ => None,
        }
    }

    /// Starts a refresh and keeps what is there.
    pub fn begin(&mut self) {
        let previous = self.take();
        *self = Self::Pending { previous };
    }

    /// Notes a failure and keeps what is there.
    pub fn fail(&mut self, problem: Problem) {
        let previous = self.take();
        *self = Self::Failed { problem, previous };
    }

    fn take(&mut self) -> Option<T> {
        match std::mem::take(self) {
            Self::Idle => None,
            Self::Ready(value) => Some(value),
            Self::Pending { previous } | Self::Failed { previous, .. } => previous,
        }
    }
}
