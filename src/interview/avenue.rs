//! The ways in which customers come, as people name them.

/// A way in which customers come, and how the model takes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Avenue {
    /// words by which it is known, the first in examples
    words: &'static [&'static str],
    /// the kind of channel
    pub kind: &'static str,
    /// whether clicks are of people who were not looking: dearer, and fewer become leads
    pub(super) is_social: bool,
}

impl Avenue {
    /// Every kind and what its money buys.
    pub const ABOUT: [(&'static str, &'static str); 6] = [
        ("ppc", "Clicks: search ads, social ads, anything that is paid by the click."),
        ("seo", "Content that ranks: articles, a blog, maps."),
        ("email", "A newsletter or mailing to addresses that you have."),
        ("print", "Flyers, letters, catalogs, advertisements in print."),
        ("event", "Trade shows, talks, webinars."),
        ("baseline", "What comes without being bought by the piece: recommendations, partners, a directory."),
    ];

    /// The avenue of a kind by its word.
    #[must_use]
    pub fn of_kind(kind: &str) -> Option<&'static Self> {
        // Clicks without more are those of people who look for something.
        [&SEARCH, &CONTENT, &EMAIL, &PRINT, &EVENT, &OTHER].into_iter().find(|own| own.kind == kind)
    }

    /// The words of all kinds.
    #[must_use]
    pub fn kinds() -> [&'static str; 6] {
        Self::ABOUT.map(|(kind, _)| kind)
    }

    /// That which a channel's name speaks of; what is not known comes as it comes.
    #[must_use]
    pub fn of_label(label: &str) -> &'static Self {
        let label = label.to_lowercase();
        let words: Vec<&str> = label.split(|c: char| !c.is_alphanumeric() && c != '-').collect();
        let known = |avenue: &&&'static Self| avenue.words.iter().any(|word| words.contains(word));
        AVENUES.iter().find(known).copied().unwrap_or(&OTHER)
    }

    /// What it is called in examples.
    #[must_use]
    pub fn word(&self) -> &'static str {
        self.words[0]
    }
}

pub(super) const SOCIAL: Avenue = Avenue {
    words: &["social", "facebook", "meta", "instagram", "linkedin", "tiktok", "youtube", "pinterest"],
    kind: "ppc",
    is_social: true,
};
pub(super) const CONTENT: Avenue = Avenue {
    words: &["content", "seo", "blog", "maps", "website", "article", "articles", "posts"],
    kind: "seo",
    is_social: false,
};
pub(super) const EMAIL: Avenue =
    Avenue { words: &["newsletter", "email", "e-mail", "emails", "mails", "mailing"], kind: "email", is_social: false };
pub(super) const PRINT: Avenue = Avenue {
    words: &[
        "flyers",
        "flyer",
        "postcards",
        "postcard",
        "print",
        "catalog",
        "letters",
        "brochure",
        "newspaper",
        "leaflets",
    ],
    kind: "print",
    is_social: false,
};
pub(super) const EVENT: Avenue = Avenue {
    words: &["event", "events", "fair", "show", "talk", "webinar", "conference", "booth", "workshop"],
    kind: "event",
    is_social: false,
};
pub(super) const SEARCH: Avenue =
    Avenue { words: &["search", "google", "ads", "bing", "ppc", "clicks"], kind: "ppc", is_social: false };
pub(super) const OTHER: Avenue = Avenue {
    words: &["word of mouth", "referrals", "partners", "directory", "walk-ins", "other"],
    kind: "baseline",
    is_social: false,
};

/// In the order in which words are looked for: "social ads" is social before it is ads.
const AVENUES: [&Avenue; 7] = [&SOCIAL, &CONTENT, &EMAIL, &PRINT, &EVENT, &SEARCH, &OTHER];
