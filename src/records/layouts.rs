//! The exports that are known: by which names each system calls what is read, in its usual languages. What is not in a
//! layout is not read: this list is the allow-list.

use super::fields::{Field, Kind};

/// An export of one system.
#[derive(Debug)]
pub(super) struct Layout {
    pub(super) system: &'static str,
    pub(super) kind: Kind,
    /// what is read, with the names of its column, the best first
    pub(super) columns: &'static [(Field, &'static [&'static str])],
    /// names of columns by which the system is known, and which are not read
    pub(super) hints: &'static [&'static str],
}

/// A name as far as two of them are told apart: small letters, single blanks, nothing in brackets.
pub(crate) fn same_name(name: &str) -> String {
    let name = name.split('(').next().unwrap_or(name);
    let letters = name.chars().map(|c| if matches!(c, '_' | '-' | '\u{a0}' | '"' | '/') { ' ' } else { c });
    let letters: String = letters.filter(|c| !matches!(c, '\u{feff}' | '\u{200b}' | '.' | ':')).collect();
    letters.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

impl Layout {
    /// The field of a column's name, and how good a name it is (0 the best).
    pub(super) fn field_of(&self, name: &str) -> Option<(Field, usize)> {
        let name = same_name(name);
        let find = |(field, names): &(Field, &[&str])| names.iter().position(|own| *own == name).map(|at| (*field, at));
        self.columns.iter().find_map(find)
    }

    /// Is the name one by which the system is known?
    pub(super) fn knows(&self, name: &str) -> bool {
        self.field_of(name).is_some() || self.hints.contains(&same_name(name).as_str())
    }
}

use Field::{
    Amount, Campaign, CampaignType, Channel, Clicks, Closed, Conversions, Created, Currency, Id, IsClosed, IsWon, Lost,
    Opportunity, Qualified, Share, Spend, Stage, Status, Won,
};

/// Every export that is known. Where two fit alike, the earlier one is taken.
pub(super) const LAYOUTS: &[Layout] = &[
    Layout {
        system: "HubSpot",
        kind: Kind::Deals,
        columns: &[
            (Id, &["record id", "deal id", "hs object id", "datensatz id", "id de registro"]),
            (Stage, &["deal stage", "dealstage", "dealphase", "etapa del negocio", "phase de la transaction"]),
            (IsWon, &["is closed won", "hs is closed won"]),
            (IsClosed, &["is deal closed?", "is closed", "hs is closed"]),
            (Created, &["create date", "createdate", "erstellungsdatum", "erstelldatum", "fecha de creación"]),
            (Closed, &["close date", "closedate", "abschlussdatum", "fecha de cierre", "date de fermeture"]),
            (Won, &["date entered closed won", "date entered stage closed won", "closed won date"]),
            (Lost, &["date entered closed lost", "date entered stage closed lost", "closed lost date"]),
            (Amount, &["amount in company currency", "amount", "betrag", "importe", "montant"]),
            (Currency, &["currency", "deal currency code", "währung", "moneda"]),
            (
                Channel,
                &["original source", "original traffic source", "hs analytics source", "originalquelle", "lead source"],
            ),
        ],
        hints: &["deal name", "dealname", "deal owner", "pipeline", "associated company", "associated contact"],
    },
    Layout {
        system: "Salesforce",
        kind: Kind::Deals,
        columns: &[
            (Id, &["id", "opportunity id", "opportunity id 18"]),
            (Stage, &["stagename", "stage", "phase"]),
            (IsClosed, &["isclosed", "closed"]),
            (IsWon, &["iswon", "won"]),
            (Created, &["createddate", "created date", "erstelldatum"]),
            (Closed, &["closedate", "close date", "schlusstermin"]),
            (Amount, &["amount", "betrag"]),
            (Currency, &["currencyisocode", "amount currency", "opportunity currency"]),
            (Channel, &["leadsource", "lead source", "lead quelle"]),
        ],
        hints: &[
            "name",
            "opportunity name",
            "opportunity owner",
            "account name",
            "probability",
            "fiscal period",
            "ownerid",
            "accountid",
        ],
    },
    Layout {
        system: "Pipedrive",
        kind: Kind::Deals,
        columns: &[
            (Id, &["deal id", "id"]),
            (Status, &["deal status", "status", "estado"]),
            (Stage, &["deal stage", "stage", "phase", "etapa"]),
            (
                Created,
                &["deal deal created", "deal add time", "deal created", "add time", "deal erstellt", "erstellt am"],
            ),
            (Won, &["deal won time", "won time", "deal gewonnen am", "gewonnen am"]),
            (Lost, &["deal lost time", "lost time", "deal verloren am", "verloren am"]),
            (Closed, &["deal deal closed on", "deal closed on", "deal close time", "close time", "abgeschlossen am"]),
            (Amount, &["deal value", "value", "deal wert", "wert", "valor"]),
            (Currency, &["deal currency", "currency", "deal währung", "währung", "moneda"]),
            (
                Channel,
                &["deal source", "deal source channel", "source channel", "source", "deal quelle", "quelle", "label"],
            ),
        ],
        hints: &[
            "deal title",
            "title",
            "deal owner",
            "owner",
            "deal organization",
            "organization",
            "deal contact person",
            "deal expected close date",
            "expected close date",
        ],
    },
    Layout {
        system: "Zoho",
        kind: Kind::Deals,
        columns: &[
            (Id, &["record id", "deal id"]),
            (Stage, &["stage"]),
            (Created, &["created time"]),
            (Closed, &["closing date"]),
            (Amount, &["amount"]),
            (Currency, &["currency"]),
            (Channel, &["lead source"]),
        ],
        hints: &["deal name", "account name", "deal owner", "contact name", "probability"],
    },
    Layout {
        system: "plain CSV",
        kind: Kind::Deals,
        columns: &[
            (Id, &["id", "deal", "deal id", "lead id", "lead", "mql id"]),
            (Status, &["status", "state", "outcome", "result"]),
            (Stage, &["stage"]),
            (IsWon, &["is won"]),
            (IsClosed, &["is closed"]),
            (Created, &["created", "created at", "created on", "created date", "opened", "date"]),
            (Won, &["won", "won at", "won on", "won date"]),
            (Lost, &["lost", "lost at", "lost on", "lost date"]),
            (Closed, &["closed", "closed at", "closed on", "closed date", "close date"]),
            (Amount, &["amount", "value", "revenue"]),
            (Currency, &["currency"]),
            (Channel, &["channel", "source", "origin", "lead source"]),
        ],
        hints: &[],
    },
    Layout {
        system: "HubSpot contacts",
        kind: Kind::Leads,
        columns: &[
            (Id, &["associated deal ids", "record id", "contact id", "hs object id"]),
            (Created, &["create date", "createdate", "erstellungsdatum"]),
            (Channel, &["original source", "original traffic source", "hs analytics source", "originalquelle"]),
            (Qualified, &["became a sales qualified lead date", "became a marketing qualified lead date"]),
            (Opportunity, &["became an opportunity date"]),
            (Won, &["became a customer date"]),
        ],
        hints: &["lifecycle stage", "first name", "last name", "email", "lead status", "contact owner", "phone number"],
    },
    Layout {
        system: "Salesforce leads",
        kind: Kind::Leads,
        columns: &[
            (Id, &["convertedopportunityid", "lead id", "id"]),
            (Created, &["createddate", "created date", "create date"]),
            (Channel, &["leadsource", "lead source"]),
            (Opportunity, &["converteddate", "converted date"]),
        ],
        hints: &[
            "lead status",
            "first name",
            "last name",
            "email",
            "company",
            "company account",
            "lead owner",
            "converted",
        ],
    },
    Layout {
        system: "plain CSV",
        kind: Kind::Leads,
        columns: &[
            (Id, &["id", "lead id", "lead", "mql id"]),
            (Created, &["created", "created at", "created on", "first contact date", "date", "created date"]),
            (Channel, &["channel", "source", "origin", "lead source"]),
            (Qualified, &["qualified", "qualified at", "qualified on"]),
            (Opportunity, &["opportunity", "opportunity at"]),
            (Won, &["won", "won at", "won on", "won date"]),
        ],
        hints: &[],
    },
    Layout {
        system: "Google Ads",
        kind: Kind::Ads,
        columns: &[
            (Field::Day, &["day", "week", "tag", "woche", "día", "jour", "semana", "semaine"]),
            (Campaign, &["campaign", "kampagne", "campaña", "campagne"]),
            (CampaignType, &["campaign type", "kampagnentyp", "tipo de campaña"]),
            (Currency, &["currency code", "currency", "währungscode", "código de moneda"]),
            (Spend, &["cost", "kosten", "coste", "costo", "coût"]),
            (Clicks, &["clicks", "klicks", "clics"]),
            (
                Share,
                &["search impr share", "search impression share", "anteil an möglichen impressionen im suchnetzwerk"],
            ),
            (Conversions, &["conversions", "conversiones"]),
        ],
        hints: &["impr", "impressions", "avg cpc", "ctr", "campaign state", "campaign status", "durchschn cpc"],
    },
    Layout {
        system: "Microsoft Advertising",
        kind: Kind::Ads,
        columns: &[
            (Field::Day, &["timeperiod", "gregorian date", "week", "day"]),
            (Campaign, &["campaignname", "campaign name", "campaign"]),
            (CampaignType, &["campaigntype", "campaign type"]),
            (Currency, &["currencycode", "currency code"]),
            (Spend, &["spend"]),
            (Clicks, &["clicks"]),
            (Share, &["impressionsharepercent", "impression share", "impr share"]),
            (Conversions, &["conversions"]),
        ],
        hints: &["accountname", "account name", "impressions", "averagecpc", "ctr"],
    },
    Layout {
        system: "Meta",
        kind: Kind::Ads,
        columns: &[
            (Field::Day, &["day", "reporting starts", "tag", "berichtsstart", "inicio del informe"]),
            (Campaign, &["campaign name", "kampagnenname", "nombre de la campaña"]),
            (Spend, &["amount spent", "ausgegebener betrag", "importe gastado"]),
            (Clicks, &["link clicks", "link klicks", "clics en el enlace"]),
        ],
        hints: &[
            "results",
            "reporting ends",
            "berichtsende",
            "ergebnisse",
            "reach",
            "impressions",
            "result indicator",
            "campaign delivery",
        ],
    },
    Layout {
        system: "LinkedIn",
        kind: Kind::Ads,
        columns: &[
            (Field::Day, &["start date"]),
            (Campaign, &["campaign name", "campaign group name"]),
            (Currency, &["currency", "account currency"]),
            (Spend, &["total spent"]),
            (Clicks, &["clicks", "clicks to landing page"]),
            (Conversions, &["leads", "total leads"]),
        ],
        hints: &["account name", "campaign id", "impressions", "campaign type", "average ctr", "end date"],
    },
    Layout {
        system: "plain CSV",
        kind: Kind::Ads,
        columns: &[
            (Field::Day, &["week", "day", "date", "week start"]),
            (Campaign, &["channel", "campaign"]),
            (Spend, &["spend", "cost"]),
            (Clicks, &["clicks"]),
            (Share, &["share", "impression share"]),
            (Conversions, &["leads", "conversions"]),
            (Currency, &["currency"]),
        ],
        hints: &[],
    },
    Layout {
        system: "plain CSV",
        kind: Kind::Orders,
        columns: &[
            (Id, &["customer", "customer id", "client", "client id", "account", "account id", "user id"]),
            (Field::Day, &["date", "day", "order date", "ordered", "ordered at", "ordered on", "created at"]),
            (Amount, &["amount", "value", "total", "revenue"]),
        ],
        hints: &["order", "order id"],
    },
    Layout {
        system: "plain CSV",
        kind: Kind::Actuals,
        columns: &[
            (Field::Day, &["week", "week start", "week of", "date", "day"]),
            (Channel, &["channel", "source", "campaign"]),
            (Spend, &["spend", "cost", "spent"]),
            (Clicks, &["clicks", "visits", "sessions"]),
            (Field::Leads, &["leads", "inquiries", "conversions"]),
            (Field::Worked, &["worked", "leads worked", "contacted"]),
            (Field::Wins, &["wins", "won", "deals won", "orders", "sales"]),
            (Field::Revenue, &["revenue", "new revenue", "amount", "value"]),
        ],
        hints: &[],
    },
    Layout {
        system: "Mailchimp",
        kind: Kind::Mail,
        columns: &[
            (Field::Day, &["send date", "sent", "date sent"]),
            (Channel, &["title", "campaign name"]),
            (Field::Delivered, &["successful deliveries", "deliveries"]),
            // Never opens, which mail programs make up, and each reader once.
            (Clicks, &["unique clicks"]),
            (Field::Left, &["unsubscribes", "unsubscribed"]),
        ],
        hints: &["total recipients", "unique opens", "total opens", "total clicks", "subject", "list"],
    },
    Layout {
        system: "plain CSV",
        kind: Kind::Mail,
        columns: &[
            (Field::Day, &["date", "day", "sent", "send date"]),
            (Channel, &["channel", "list", "title"]),
            (Field::Delivered, &["delivered", "deliveries"]),
            (Clicks, &["unique clicks", "clicks"]),
            (Field::Left, &["unsubscribes", "unsubscribed"]),
        ],
        hints: &[],
    },
    Layout {
        system: "weekly results",
        kind: Kind::Weeks,
        columns: &[(Field::Day, &["week", "date", "day", "week start", "ds"])],
        hints: &["result", "revenue", "sales", "orders", "leads"],
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_known_in_any_dress() {
        for name in ["Deal - Value", "deal_value", " DEAL  VALUE ", "\u{feff}Deal - Value"] {
            assert_eq!(same_name(name), "deal value");
        }
        assert_eq!(same_name("Amount spent (USD)"), "amount spent");
        assert_eq!(same_name("Search impr. share"), "search impr share");
    }

    #[test]
    fn every_name_of_a_layout_is_written_as_names_are_compared() {
        for layout in LAYOUTS {
            let names = layout.columns.iter().flat_map(|(_, names)| names.iter()).chain(layout.hints);
            for name in names {
                assert_eq!(same_name(name), *name, "{}", layout.system);
            }
        }
    }

    #[test]
    fn people_and_companies_are_in_no_layout() {
        for layout in LAYOUTS {
            for name in ["Deal Name", "Deal owner", "Account Name", "Email", "First Name", "Contact Person", "Phone"] {
                assert_eq!(layout.field_of(name), None, "{} reads {name}", layout.system);
            }
        }
    }
}
