//! Keys that stand in place of others.

use super::plans::BASE;

/// A key that stands in place of others, shown by a plan of its own: the file with the one text against the other.
pub(super) struct InPlace {
    pub(super) key: &'static str,
    pub(super) form: Form,
    pub(super) before: &'static str,
    pub(super) after: &'static str,
}

/// Where the texts stand.
pub(super) enum Form {
    /// behind the plan
    Behind,
    /// in place of its [deals]
    Deals,
    /// in the adstock of a response curve, of this kind
    Adstock(&'static str),
    /// as the saturation of a response curve
    Saturation,
}

const fn in_place(key: &'static str, form: Form, before: &'static str, after: &'static str) -> InPlace {
    InPlace { key, form, before, after }
}

impl Form {
    /// The plan with a text in its place.
    pub(super) fn plan(&self, text: &str) -> String {
        let response = |table: &str| {
            format!(
                "{BASE}[channels.x]\nkind = \"response\"\nbudget = 8_000\nflighting = {{ every = 3 }}\nscale = 40\nspend_scale = 1_000\n{table}\n"
            )
        };
        match self {
            Self::Behind => format!("{BASE}{text}"),
            Self::Deals => BASE.replace("[deals]\naverage_value = \"3_000 to 6_000\"\nvalue_cv = 0.5\n", text),
            Self::Adstock(kind) => response(&format!(
                "adstock = {{ kind = \"{kind}\", {text} }}\nsaturation = {{ kind = \"hill\", half = 0.8, slope = 1.4 }}"
            )),
            Self::Saturation => response(&format!("saturation = {{ {text} }}")),
        }
    }
}

pub(super) const IN_PLACE: &[InPlace] = &[
    in_place(
        "||correlations",
        Form::Behind,
        "",
        "[[correlations]]\nbetween = [\"sales.opportunity_rate\", \"sales.close_rate\"]\nrank = 0.5\n",
    ),
    in_place(
        "[correlations]||between",
        Form::Behind,
        "[[correlations]]\nbetween = [\"sales.opportunity_rate\", \"sales.close_rate\"]\nrank = 0.5\n",
        "[[correlations]]\nbetween = [\"deals.average_value\", \"sales.close_rate\"]\nrank = 0.5\n",
    ),
    in_place(
        "[correlations]||rank",
        Form::Behind,
        "[[correlations]]\nbetween = [\"sales.opportunity_rate\", \"sales.close_rate\"]\nrank = 0.5\n",
        "[[correlations]]\nbetween = [\"sales.opportunity_rate\", \"sales.close_rate\"]\nrank = 0.8\n",
    ),
    in_place(
        "deals||median_value",
        Form::Deals,
        "[deals]\nmedian_value = 3_000\nvalue_p90 = 9_000\n",
        "[deals]\nmedian_value = 4_000\nvalue_p90 = 9_000\n",
    ),
    in_place(
        "deals||value_p90",
        Form::Deals,
        "[deals]\nmedian_value = 3_000\nvalue_p90 = 9_000\n",
        "[deals]\nmedian_value = 3_000\nvalue_p90 = 12_000\n",
    ),
    in_place(
        "channels.NAME.adstock|delayed|retention",
        Form::Adstock("delayed"),
        "retention = 0.5, peak = 1",
        "retention = 0.8, peak = 1",
    ),
    in_place(
        "channels.NAME.adstock|delayed|peak",
        Form::Adstock("delayed"),
        "retention = 0.5, peak = 1",
        "retention = 0.5, peak = 2",
    ),
    in_place(
        "channels.NAME.adstock|delayed|max_lag",
        Form::Adstock("delayed"),
        "retention = 0.5, peak = 1",
        "retention = 0.5, peak = 1, max_lag = 2",
    ),
    in_place(
        "channels.NAME.adstock|delayed|normalize",
        Form::Adstock("delayed"),
        "retention = 0.5, peak = 1",
        "retention = 0.5, peak = 1, normalize = false",
    ),
    in_place(
        "channels.NAME.adstock|weibull_pdf|scale",
        Form::Adstock("weibull_pdf"),
        "scale = 2, shape = 2",
        "scale = 3, shape = 2",
    ),
    in_place(
        "channels.NAME.adstock|weibull_pdf|shape",
        Form::Adstock("weibull_pdf"),
        "scale = 2, shape = 2",
        "scale = 2, shape = 3",
    ),
    in_place(
        "channels.NAME.adstock|weibull_pdf|max_lag",
        Form::Adstock("weibull_pdf"),
        "scale = 2, shape = 2",
        "scale = 2, shape = 2, max_lag = 3",
    ),
    in_place(
        "channels.NAME.adstock|weibull_pdf|normalize",
        Form::Adstock("weibull_pdf"),
        "scale = 2, shape = 2",
        "scale = 2, shape = 2, normalize = false",
    ),
    in_place(
        "channels.NAME.adstock|weibull_cdf|scale",
        Form::Adstock("weibull_cdf"),
        "scale = 2, shape = 2",
        "scale = 3, shape = 2",
    ),
    in_place(
        "channels.NAME.adstock|weibull_cdf|shape",
        Form::Adstock("weibull_cdf"),
        "scale = 2, shape = 2",
        "scale = 2, shape = 1",
    ),
    in_place(
        "channels.NAME.adstock|weibull_cdf|max_lag",
        Form::Adstock("weibull_cdf"),
        "scale = 2, shape = 2",
        "scale = 2, shape = 2, max_lag = 2",
    ),
    in_place(
        "channels.NAME.adstock|weibull_cdf|normalize",
        Form::Adstock("weibull_cdf"),
        "scale = 2, shape = 2",
        "scale = 2, shape = 2, normalize = false",
    ),
    in_place(
        "channels.NAME.saturation|hill|half",
        Form::Saturation,
        "kind = \"hill\", half = 1, slope = 2",
        "kind = \"hill\", half = 2, slope = 2",
    ),
    in_place(
        "channels.NAME.saturation|hill|slope",
        Form::Saturation,
        "kind = \"hill\", half = 1, slope = 2",
        "kind = \"hill\", half = 1, slope = 4",
    ),
    in_place(
        "channels.NAME.saturation|logistic|lam",
        Form::Saturation,
        "kind = \"logistic\", lam = 1",
        "kind = \"logistic\", lam = 2",
    ),
    in_place(
        "channels.NAME.saturation|michaelis_menten|half",
        Form::Saturation,
        "kind = \"michaelis_menten\", half = 1",
        "kind = \"michaelis_menten\", half = 2",
    ),
    in_place(
        "channels.NAME.saturation|exponential|rate",
        Form::Saturation,
        "kind = \"exponential\", rate = 1",
        "kind = \"exponential\", rate = 2",
    ),
    in_place(
        "channels.NAME.saturation|tanh|half",
        Form::Saturation,
        "kind = \"tanh\", half = 1",
        "kind = \"tanh\", half = 2",
    ),
    in_place(
        "channels.NAME.saturation|root|exponent",
        Form::Saturation,
        "kind = \"root\", exponent = 0.5",
        "kind = \"root\", exponent = 0.8",
    ),
    in_place(
        "channels.NAME.saturation|log|rate",
        Form::Saturation,
        "kind = \"log\", rate = 1",
        "kind = \"log\", rate = 2",
    ),
    in_place(
        "channels.NAME.saturation|points|spend",
        Form::Saturation,
        "kind = \"points\", spend = [1, 2], result = [0.4, 0.6]",
        "kind = \"points\", spend = [1.5, 3], result = [0.4, 0.6]",
    ),
    in_place(
        "channels.NAME.saturation|points|result",
        Form::Saturation,
        "kind = \"points\", spend = [1, 2], result = [0.4, 0.6]",
        "kind = \"points\", spend = [1, 2], result = [0.4, 0.9]",
    ),
];
