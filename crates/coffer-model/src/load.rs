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

    /// Takes news of a refresh that goes on.
    pub fn grow(&mut self, value: T) {
        *self = Self::Pending { previous: Some(value) };
    }

    /// Puts other content in the place of what is there. Whether more is on its way, or has failed, stays.
    pub fn replace(&mut self, value: T) {
        match self {
            Self::Idle | Self::Ready(_) => *self = Self::Ready(value),
            Self::Pending { previous } | Self::Failed { previous, .. } => *previous = Some(value),
        }
    }

    /// Ends a refresh: what came last stays; nothing at all is `Idle`.
    pub fn end(&mut self) {
        if self.is_pending() {
            *self = self.take().map_or(Self::Idle, Self::Ready);
        }
    }

    fn take(&mut self) -> Option<T> {
        match std::mem::take(self) {
            Self::Idle => None,
            Self::Ready(value) => Some(value),
            Self::Pending { previous } | Self::Failed { previous, .. } => previous,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Load;

    #[test]
    fn a_refresh_keeps_what_was_there_until_something_newer_comes() {
        let mut load = Load::Ready(1);
        load.begin();
        assert_eq!(load, Load::Pending { previous: Some(1) });
        load.grow(2);
        assert_eq!(load.value(), Some(&2));
        load.end();
        assert_eq!(load, Load::Ready(2));
    }

    #[test]
    fn other_content_does_not_end_a_refresh() {
        let mut load = Load::Pending { previous: Some(1) };
        load.replace(2);
        assert_eq!(load, Load::Pending { previous: Some(2) });
        load.end();
        load.replace(3);
        assert_eq!(load, Load::Ready(3));
    }

    #[test]
    fn a_refresh_that_brings_nothing_leaves_nothing() {
        let mut load = Load::<i32>::Idle;
        load.begin();
        load.end();
        assert_eq!(load, Load::Idle);
    }
}
