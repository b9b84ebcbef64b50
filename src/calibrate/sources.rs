//! Which channel of a plan a source of the records is: what the map says, the same name, or words that only one channel
//! has.

use crate::records::same_name;

/// A channel of a plan, as far as records can be matched to it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlanChannel {
    /// its name in the plan
    pub name: String,
    /// what people call it
    pub label: String,
    /// its kind: `ppc`, `seo` …
    pub kind: String,
    /// whether its leads go to the sales team
    pub to_sales: bool,
    /// whether it states `today`, which stands for its price and its clicks
    pub states_today: bool,
}

/// Words that many sources have and that tell nothing.
const COMMON: [&str; 12] =
    ["paid", "ads", "ad", "marketing", "traffic", "channel", "online", "web", "the", "of", "and", "campaign"];

/// Words for the kinds of channels.
const KINDS: [(&str, &[&str]); 9] = [
    ("organic search", &["seo"]),
    ("organic", &["seo"]),
    ("seo", &["seo"]),
    ("email marketing", &["email"]),
    ("email", &["email"]),
    ("newsletter", &["email"]),
    ("trade show", &["event"]),
    ("event", &["event"]),
    ("direct traffic", &["baseline"]),
];

/// The channel of a source, as a place among `channels`; `said` are the words that a map gives for channels.
#[must_use]
pub fn channel_of(source: &str, channels: &[PlanChannel], said: &[(String, Vec<String>)]) -> Option<usize> {
    let named = |name: &str| channels.iter().position(|channel| channel.name == name);
    let source = same_name(source);
    let by_map = said.iter().find(|(_, words)| words.iter().any(|word| same_name(word) == source));
    if let Some((name, _)) = by_map {
        return named(name);
    }
    let same = |channel: &PlanChannel| same_name(&channel.name) == source || same_name(&channel.label) == source;
    if let Some(at) = channels.iter().position(same) {
        return Some(at);
    }
    let only = |fits: &dyn Fn(&PlanChannel) -> bool| {
        let mut found = channels.iter().enumerate().filter(|(_, channel)| fits(channel)).map(|(at, _)| at);
        let first = found.next();
        if found.next().is_some() { None } else { first }
    };
    if let Some((_, kinds)) = KINDS.iter().find(|(words, _)| *words == source) {
        return only(&|channel| kinds.contains(&channel.kind.as_str()));
    }
    let words = words_of(&source);
    only(&|channel| {
        let own: Vec<String> =
            words_of(&same_name(&channel.name)).into_iter().chain(words_of(&same_name(&channel.label))).collect();
        words.iter().any(|word| own.contains(word))
    })
}

fn words_of(name: &str) -> Vec<String> {
    name.split(' ').filter(|word| word.len() > 1 && !COMMON.contains(word)).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sources_are_found_by_map_by_name_and_by_words_of_their_own() {
        let channel = |name: &str, kind: &str| PlanChannel {
            name: name.into(),
            label: name.replace('_', " "),
            kind: kind.into(),
            to_sales: true,
            states_today: false,
        };
        let channels = [
            channel("search", "ppc"),
            channel("paid_social", "ppc"),
            channel("content", "seo"),
            channel("trade_show", "event"),
        ];
        let said = [("content".to_owned(), vec!["Blog".to_owned()])];
        for (source, found) in [
            ("PAID_SEARCH", Some(0)),
            ("Paid Search", Some(0)),
            ("Organic Search", Some(2)),
            ("Paid Social", Some(1)),
            ("Trade Show", Some(3)),
            ("blog", Some(2)),
            ("Direct Traffic", None),
            ("Referral", None),
        ] {
            assert_eq!(channel_of(source, &channels, &said), found, "{source}");
        }
    }
}
