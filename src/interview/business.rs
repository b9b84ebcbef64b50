//! Eight kinds of business: their words, and what is assumed where nobody knows, from published figures.

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

    /// What it is called in examples.
    #[must_use]
    pub fn word(&self) -> &'static str {
        self.words[0]
    }
}

const SOCIAL: Avenue = Avenue {
    words: &["social", "facebook", "meta", "instagram", "linkedin", "tiktok", "youtube", "pinterest"],
    kind: "ppc",
    is_social: true,
};
const CONTENT: Avenue = Avenue {
    words: &["content", "seo", "blog", "maps", "website", "article", "articles", "posts"],
    kind: "seo",
    is_social: false,
};
const EMAIL: Avenue =
    Avenue { words: &["newsletter", "email", "e-mail", "emails", "mails", "mailing"], kind: "email", is_social: false };
const PRINT: Avenue = Avenue {
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
const EVENT: Avenue = Avenue {
    words: &["event", "events", "fair", "show", "talk", "webinar", "conference", "booth", "workshop"],
    kind: "event",
    is_social: false,
};
const SEARCH: Avenue =
    Avenue { words: &["search", "google", "ads", "bing", "ppc", "clicks"], kind: "ppc", is_social: false };
const OTHER: Avenue = Avenue {
    words: &["word of mouth", "referrals", "partners", "directory", "walk-ins", "other"],
    kind: "baseline",
    is_social: false,
};

/// In the order in which words are looked for: "social ads" is social before it is ads.
const AVENUES: [&Avenue; 7] = [&SOCIAL, &CONTENT, &EMAIL, &PRINT, &EVENT, &SEARCH, &OTHER];

/// A kind of business. Ranges are low and high, rates low, usual and high.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Business {
    /// what is typed
    pub key: &'static str,
    /// what it is
    pub about: &'static str,
    /// what comes first: an inquiry, a visit
    pub lead: &'static str,
    /// what becomes of it
    pub opportunity: &'static str,
    /// what it ends in
    pub win: &'static str,
    /// whether people buy without anybody's work
    pub online: bool,
    pub(super) target: f64,
    pub(super) people: f64,
    pub(super) hours: f64,
    /// money a person a week
    pub(super) pay: f64,
    pub(super) hours_per_lead: f64,
    pub(super) hours_per_opportunity: f64,
    pub(super) opportunity_rate: [f64; 3],
    pub(super) close_rate: [f64; 3],
    pub(super) cycle_weeks: (f64, f64),
    /// weeks until half of the leads that wait are gone
    pub(super) half_life: f64,
    /// a usual sale, and one that one in ten exceeds
    pub(super) value: (f64, f64),
    /// leads a quarter
    pub(super) leads: f64,
    /// deals open today, or customers
    pub(super) open: f64,
    pub(super) margin: (f64, f64),
    pub(super) click_price: (f64, f64),
    pub(super) click_to_lead: (f64, f64),
    /// visits a week that search engines send today, and the share of them that becomes a lead
    pub(super) visits: (f64, f64),
    pub(super) visit_to_lead: (f64, f64),
    /// addresses of the newsletter
    pub(super) list: f64,
    /// response to a piece of print
    pub(super) response: (f64, f64),
    /// orders of a customer a month, where they buy again
    pub(super) repeat: Option<(f64, f64)>,
    usual: &'static [(&'static Avenue, f64)],
    /// where the rates come from
    pub(super) source: &'static str,
}

/// More than one of a thing.
pub(super) fn plural(noun: &str) -> String {
    match noun.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'o', 'u']) => format!("{stem}ies"),
        _ => format!("{noun}s"),
    }
}

impl Business {
    /// The business of that name.
    #[must_use]
    pub fn named(key: &str) -> Option<&'static Self> {
        BUSINESSES.iter().find(|own| own.key == key)
    }

    /// Where the money of such a business usually goes.
    pub fn usual_money(&self) -> impl Iterator<Item = (&'static Avenue, f64)> {
        self.usual.iter().copied()
    }

    /// The avenue that a channel's name speaks of; what is not known comes as it comes.
    #[must_use]
    pub fn avenue(&self, label: &str) -> &'static Avenue {
        let label = label.to_lowercase();
        let words: Vec<&str> = label.split(|c: char| !c.is_alphanumeric() && c != '-').collect();
        let known = |avenue: &&&'static Avenue| avenue.words.iter().any(|word| words.contains(word));
        AVENUES.iter().find(known).copied().unwrap_or(&OTHER)
    }
}

/// The kinds of business, in the order in which they are offered.
pub const BUSINESSES: &[Business] = &[
    Business {
        key: "clinic",
        about: "a clinic or practice: patients call, book an appointment and come",
        lead: "inquiry",
        opportunity: "booked appointment",
        win: "new patient",
        online: false,
        target: 260_000.0,
        people: 2.0,
        hours: 12.0,
        pay: 850.0,
        hours_per_lead: 0.2,
        hours_per_opportunity: 0.4,
        opportunity_rate: [0.4, 0.5, 0.6],
        close_rate: [0.7, 0.8, 0.88],
        cycle_weeks: (1.0, 3.0),
        half_life: 0.7,
        value: (600.0, 2_400.0),
        leads: 420.0,
        open: 40.0,
        margin: (0.55, 0.68),
        click_price: (5.0, 8.5),
        click_to_lead: (0.06, 0.11),
        visits: (150.0, 260.0),
        visit_to_lead: (0.04, 0.07),
        list: 2_500.0,
        response: (0.0015, 0.006),
        repeat: None,
        usual: &[(&SEARCH, 12_000.0), (&CONTENT, 3_000.0), (&PRINT, 5_000.0)],
        source: "LocaliQ 2025, elev8operations.com",
    },
    Business {
        key: "b2b",
        about: "a B2B sales team: leads are qualified, demonstrated to and negotiated with",
        lead: "lead",
        opportunity: "opportunity",
        win: "deal",
        online: false,
        target: 600_000.0,
        people: 5.0,
        hours: 14.0,
        pay: 2_200.0,
        hours_per_lead: 0.4,
        hours_per_opportunity: 7.0,
        opportunity_rate: [0.12, 0.18, 0.26],
        close_rate: [0.16, 0.21, 0.29],
        cycle_weeks: (7.0, 11.0),
        half_life: 4.0,
        value: (16_000.0, 42_000.0),
        leads: 700.0,
        open: 80.0,
        margin: (0.7, 0.82),
        click_price: (4.5, 9.0),
        click_to_lead: (0.02, 0.05),
        visits: (1_500.0, 2_600.0),
        visit_to_lead: (0.01, 0.02),
        list: 9_000.0,
        response: (0.001, 0.005),
        repeat: None,
        usual: &[(&SEARCH, 45_000.0), (&SOCIAL, 20_000.0), (&CONTENT, 25_000.0), (&EVENT, 30_000.0)],
        source: "HubSpot survey, mv3marketing.com, Bridge Group 2017",
    },
    Business {
        key: "shop",
        about: "an online shop: visitors order, customers order again",
        lead: "visit",
        opportunity: "cart",
        win: "order",
        online: true,
        target: 420_000.0,
        people: 1.0,
        hours: 30.0,
        pay: 800.0,
        hours_per_lead: 0.0,
        hours_per_opportunity: 0.0,
        opportunity_rate: [1.0, 1.0, 1.0],
        close_rate: [0.015, 0.021, 0.028],
        cycle_weeks: (0.0, 0.0),
        half_life: 0.0,
        value: (72.0, 180.0),
        leads: 170_000.0,
        open: 6_000.0,
        margin: (0.42, 0.54),
        click_price: (0.6, 1.1),
        click_to_lead: (0.85, 0.98),
        visits: (4_000.0, 6_000.0),
        visit_to_lead: (0.85, 0.98),
        list: 25_000.0,
        response: (0.005, 0.015),
        repeat: Some((0.08, 0.13)),
        usual: &[(&SEARCH, 40_000.0), (&SOCIAL, 15_000.0), (&EMAIL, 2_500.0)],
        source: "ppcchief.com, RJMetrics",
    },
    Business {
        key: "course",
        about: "a course or school: people sign up for information, some of them enroll",
        lead: "sign-up",
        opportunity: "conversation",
        win: "enrollment",
        online: true,
        target: 140_000.0,
        people: 1.0,
        hours: 15.0,
        pay: 700.0,
        hours_per_lead: 0.0,
        hours_per_opportunity: 0.0,
        opportunity_rate: [1.0, 1.0, 1.0],
        close_rate: [0.02, 0.035, 0.055],
        cycle_weeks: (0.0, 0.0),
        half_life: 0.0,
        value: (690.0, 1_400.0),
        leads: 4_600.0,
        open: 1_200.0,
        margin: (0.75, 0.88),
        click_price: (2.2, 4.8),
        click_to_lead: (0.1, 0.2),
        visits: (1_800.0, 3_000.0),
        visit_to_lead: (0.03, 0.07),
        list: 12_000.0,
        response: (0.001, 0.004),
        repeat: Some((0.006, 0.015)),
        usual: &[(&SOCIAL, 18_000.0), (&SEARCH, 9_000.0), (&EMAIL, 1_000.0)],
        source: "LocaliQ 2021 (education), Klaviyo 2026",
    },
    Business {
        key: "stores",
        about: "stores: people come in, are advised and buy",
        lead: "visitor",
        opportunity: "consultation",
        win: "sale",
        online: false,
        target: 1_400_000.0,
        people: 12.0,
        hours: 18.0,
        pay: 720.0,
        hours_per_lead: 0.2,
        hours_per_opportunity: 0.5,
        opportunity_rate: [0.4, 0.48, 0.56],
        close_rate: [0.36, 0.43, 0.5],
        cycle_weeks: (0.5, 1.5),
        half_life: 0.5,
        value: (420.0, 1_500.0),
        leads: 5_600.0,
        open: 60.0,
        margin: (0.4, 0.48),
        click_price: (1.4, 2.6),
        click_to_lead: (0.03, 0.06),
        visits: (3_000.0, 4_500.0),
        visit_to_lead: (0.02, 0.04),
        list: 8_000.0,
        response: (0.003, 0.009),
        repeat: None,
        usual: &[(&PRINT, 45_000.0), (&SEARCH, 25_000.0), (&SOCIAL, 8_000.0)],
        source: "LocaliQ 2021 (furniture), DMA 2003",
    },
    Business {
        key: "consultant",
        about: "a consultant or freelancer: one person who sells and delivers",
        lead: "inquiry",
        opportunity: "proposal",
        win: "project",
        online: false,
        target: 55_000.0,
        people: 1.0,
        hours: 8.0,
        pay: 0.0,
        hours_per_lead: 1.0,
        hours_per_opportunity: 4.0,
        opportunity_rate: [0.4, 0.5, 0.6],
        close_rate: [0.28, 0.36, 0.45],
        cycle_weeks: (3.0, 7.0),
        half_life: 2.5,
        value: (7_500.0, 20_000.0),
        leads: 24.0,
        open: 4.0,
        margin: (0.88, 0.96),
        click_price: (4.0, 8.0),
        click_to_lead: (0.02, 0.05),
        visits: (80.0, 180.0),
        visit_to_lead: (0.004, 0.009),
        list: 900.0,
        response: (0.001, 0.004),
        repeat: None,
        usual: &[(&CONTENT, 600.0), (&EVENT, 1_500.0), (&OTHER, 0.0)],
        source: "Implisit, elev8operations.com",
    },
    Business {
        key: "saas",
        about: "software with a trial: people sign up, try it and pay by the month",
        lead: "trial",
        opportunity: "activated trial",
        win: "subscription",
        online: true,
        target: 330_000.0,
        people: 2.0,
        hours: 30.0,
        pay: 1_000.0,
        hours_per_lead: 0.0,
        hours_per_opportunity: 0.0,
        opportunity_rate: [1.0, 1.0, 1.0],
        close_rate: [0.035, 0.05, 0.07],
        cycle_weeks: (0.0, 0.0),
        half_life: 0.0,
        value: (80.0, 200.0),
        leads: 6_400.0,
        open: 1_100.0,
        margin: (0.76, 0.86),
        click_price: (3.2, 5.6),
        click_to_lead: (0.06, 0.1),
        visits: (9_000.0, 13_000.0),
        visit_to_lead: (0.02, 0.032),
        list: 20_000.0,
        response: (0.001, 0.004),
        repeat: Some((0.96, 1.0)),
        usual: &[(&SEARCH, 60_000.0), (&CONTENT, 35_000.0), (&EMAIL, 1_500.0)],
        source: "Ruler Analytics 2026, knowledgelib.io 2026",
    },
    Business {
        key: "agency",
        about: "an agency: pitches take time, projects are few and large",
        lead: "inquiry",
        opportunity: "pitch",
        win: "client",
        online: false,
        target: 240_000.0,
        people: 2.0,
        hours: 12.0,
        pay: 1_500.0,
        hours_per_lead: 1.0,
        hours_per_opportunity: 10.0,
        opportunity_rate: [0.25, 0.33, 0.42],
        close_rate: [0.2, 0.28, 0.36],
        cycle_weeks: (4.0, 9.0),
        half_life: 2.5,
        value: (18_000.0, 55_000.0),
        leads: 70.0,
        open: 7.0,
        margin: (0.45, 0.58),
        click_price: (5.0, 10.0),
        click_to_lead: (0.015, 0.04),
        visits: (350.0, 700.0),
        visit_to_lead: (0.004, 0.01),
        list: 2_500.0,
        response: (0.001, 0.004),
        repeat: None,
        usual: &[(&SOCIAL, 6_000.0), (&CONTENT, 5_000.0), (&EVENT, 4_000.0), (&OTHER, 0.0)],
        source: "Implisit, HubSpot survey",
    },
];
