//! Why a value can't be used, and what could be written in its place.

/// Why a value can't be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Refusal {
    /// what is said under it
    pub(super) why: String,
    /// values that were probably meant, as one writes them in a scenario; only those that can be used are shown
    pub(super) instead: Vec<String>,
    /// a line of its own on what to do
    pub(super) help: Option<String>,
}

impl Refusal {
    /// With values that were probably meant.
    pub(super) fn instead(mut self, values: impl IntoIterator<Item = String>) -> Self {
        self.instead = values.into_iter().collect();
        self
    }

    /// With a line of its own on what to do.
    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

impl From<String> for Refusal {
    fn from(why: String) -> Self {
        Self { why, instead: Vec::new(), help: None }
    }
}

impl From<&str> for Refusal {
    fn from(why: &str) -> Self {
        why.to_owned().into()
    }
}

/// A text in quotes, as a scenario holds it; a plain number goes without.
pub(crate) fn quoted(text: &str) -> String {
    if text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'_' | b'.' | b'-')) {
        text.to_owned()
    } else {
        format!("\"{text}\"")
    }
}
