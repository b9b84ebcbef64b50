//! From the word of a stage or a status to open, won or lost.

/// What became of a deal, by the word of its stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    Open,
    Won,
    Lost,
}

/// Words that are a status or a whole stage by themselves.
const WORDS: [(&str, Fate); 44] = [
    ("won", Fate::Won),
    ("closedwon", Fate::Won),
    ("closed won", Fate::Won),
    ("gewonnen", Fate::Won),
    ("abgeschlossen und gewonnen", Fate::Won),
    ("ganado", Fate::Won),
    ("cerrado ganado", Fate::Won),
    ("gagné", Fate::Won),
    ("fermé gagné", Fate::Won),
    ("lost", Fate::Lost),
    ("closedlost", Fate::Lost),
    ("closed lost", Fate::Lost),
    ("closed lost to competition", Fate::Lost),
    ("verloren", Fate::Lost),
    ("abgeschlossen und verloren", Fate::Lost),
    ("perdido", Fate::Lost),
    ("cerrado perdido", Fate::Lost),
    ("perdu", Fate::Lost),
    ("fermé perdu", Fate::Lost),
    ("open", Fate::Open),
    ("offen", Fate::Open),
    ("abierto", Fate::Open),
    ("ouvert", Fate::Open),
    ("appointmentscheduled", Fate::Open),
    ("appointment scheduled", Fate::Open),
    ("qualifiedtobuy", Fate::Open),
    ("qualified to buy", Fate::Open),
    ("presentationscheduled", Fate::Open),
    ("presentation scheduled", Fate::Open),
    ("decisionmakerboughtin", Fate::Open),
    ("decision maker bought in", Fate::Open),
    ("contractsent", Fate::Open),
    ("contract sent", Fate::Open),
    ("prospecting", Fate::Open),
    ("qualification", Fate::Open),
    ("needs analysis", Fate::Open),
    ("value proposition", Fate::Open),
    ("id decision makers", Fate::Open),
    ("identify decision makers", Fate::Open),
    ("perception analysis", Fate::Open),
    ("proposal price quote", Fate::Open),
    ("proposal", Fate::Open),
    ("negotiation review", Fate::Open),
    ("negotiation", Fate::Open),
];

/// What the word says; nothing where it is not known.
pub(super) fn fate_of(word: &str) -> Option<Fate> {
    let name = super::layouts::same_name(word);
    if let Some((_, fate)) = WORDS.iter().find(|(own, _)| *own == name) {
        return Some(*fate);
    }
    // Closed Won (Enterprise), Lost - no budget: a pipeline's own words around the usual ones.
    let words: Vec<&str> = name.split(' ').collect();
    let has = |any: &[&str]| words.iter().any(|word| any.contains(word));
    let (won, lost) = (has(&["won", "gewonnen", "ganado"]), has(&["lost", "verloren", "perdido"]));
    match (won, lost) {
        (true, false) => Some(Fate::Won),
        (false, true) => Some(Fate::Lost),
        _ => None,
    }
}

/// What a cell for yes or no says.
pub(super) fn truth_of(word: &str) -> Option<bool> {
    match word.trim().to_lowercase().as_str() {
        "true" | "yes" | "1" | "1.0" | "y" | "x" | "ja" | "wahr" | "sí" | "si" | "oui" | "won" => Some(true),
        "false" | "no" | "0" | "0.0" | "n" | "nein" | "falsch" | "non" | "" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_and_internal_names_are_the_same_stage() {
        for (word, fate) in [
            ("Closed Won", Some(Fate::Won)),
            ("closedwon", Some(Fate::Won)),
            ("Closed-Lost to Competition", Some(Fate::Lost)),
            ("Abgeschlossen und gewonnen", Some(Fate::Won)),
            ("Closed Won (Enterprise)", Some(Fate::Won)),
            ("Lost - no budget", Some(Fate::Lost)),
            ("Negotiation/Review", Some(Fate::Open)),
            ("Legal review", None),
            ("won or lost", None),
        ] {
            assert_eq!(fate_of(word), fate, "{word}");
        }
    }
}
