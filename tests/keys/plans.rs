//! The plans that keys are changed in.

/// A plan in which every mechanism has work to do: hours are short, leads wait and leave, deals close late.
pub(super) const BASE: &str = r#"
name = "Every key"
currency = "USD"
[horizon]
weeks = 8
tail_weeks = 6
[simulation]
runs = 128
[market]
volatility = 0.1
[targets]
revenue = 100_000
[sales]
selling_time = "30% to 40%"
hours_per_lead = 0.5
hours_per_opportunity = 4
opportunity_rate = "30% to 40%"
close_rate = "20% to 30%"
cycle_weeks = 3
lead_half_life = 2
leads_waiting = 30
[sales.reps.old]
count = 2
cost_per_week = 1_000
[sales.reps.new]
count = 1
start_week = 2
ramp_weeks = 4
[deals]
average_value = "3_000 to 6_000"
value_cv = 0.5
[deals.open.pipeline]
count = 12
weeks_to_close = 3
hours_left = 2
[finance]
gross_margin = "60%"
[channels.steady]
kind = "baseline"
leads = 10
"#;

pub(super) const PPC: &str = "[channels.x]\nkind = \"ppc\"\nbudget = 9_000\ncost_per_click = \"2 to 3\"\nclicks_available = 900\nvisit_to_lead = 0.05\nvariation = 0.3\n";
pub(super) const TODAY: &str = "[channels.x]\nkind = \"ppc\"\nbudget = 9_000\ntoday = { spend = 1_000, clicks = 400, share = 0.5 }\nvisit_to_lead = 0.05\n";
pub(super) const SEO: &str = "[channels.x]\nkind = \"seo\"\nbudget = 4_000\ncost_per_article = 100\nvisits_per_article = 30\nbaseline_visits = 300\nmax_visits = 900\nvisit_to_lead = 0.05\n";
pub(super) const EMAIL: &str = "[channels.x]\nkind = \"email\"\nbudget = 900\nlist_size = 5_000\ncost_per_thousand = 10\nclick_rate = 0.03\nunsubscribe_rate = 0.01\nclick_to_lead = 0.1\n";
pub(super) const PRINT: &str = "[channels.x]\nkind = \"print\"\nbudget = 5_000\ncost_per_insertion = 800\ncirculation = 9_000\nresponse_rate = 0.002\n";
pub(super) const EVENT: &str =
    "[channels.x]\nkind = \"event\"\nbudget = 5_000\ncost_per_event = 800\nleads_per_event = 20\n";
pub(super) const RESPONSE: &str = "[channels.x]\nkind = \"response\"\nbudget = 8_000\nscale = 40\nspend_scale = 1_000\nadstock = { kind = \"geometric\", retention = 0.5 }\nsaturation = { kind = \"hill\", half = 0.8, slope = 1.4 }\n";

pub(super) const DESKS: &str =
    "[sales.reps.closers]\ncount = 1\ndoes = \"opportunities\"\n[sales.reps.openers]\ncount = 2\ndoes = \"leads\"\n";

pub(super) const MARKET: &str = r#"[segments.small]
close_multiplier = 0.9
[segments.large]
value_multiplier = 2
[channels.x]
kind = "ppc"
budget = 9_000
cost_per_click = "2 to 3"
clicks_available = 900
visit_to_lead = 0.05
qualified = 0.5
audience = { small = 0.7, large = 0.3 }
brand_share = 0.5
[channels.y]
kind = "email"
budget = 3_000
list_size = 5_000
cost_per_thousand = 10
click_rate = 0.03
click_to_lead = 0.1
[channels.shop]
kind = "baseline"
leads = 60
route = "online"
close_rate = 0.2
average_value = 100
[shocks.slump]
chance = 0.5
weeks = [2, 4]
demand = 0.5
[promotions.sale]
weeks = [3, 4]
lead_multiplier = 1.5
dip = 0.3
dip_weeks = 2
[brand]
max_lift = 0.5
half_spend = 5_000
half_life = 10
goodwill = 1_000
[nurture]
rate = 0.02
fade = 0.01
pool = 300
[online.chat]
agents = 1
hours_per_week = 10
chats_per_hour = 1
chat_share = 0.5
answered = 2
missed = 0.5
[sales.prospecting]
share_of_time = 0.1
hours_per_lead = 3
[delivery]
per_week = 14
[booked]
revenue = 10_000
wins = 2
marketing = 1_000
[customers]
active = 300
repeat_rate = 0.01
repeat_value = 200
repeat_cv = 0.5
churn_rate = 0.02
referral_rate = 0.01
[customers.referrals]
close_rate = 0.5
[customers.loyalty]
cost_per_customer = 0.5
repeat_multiplier = 1.2
churn_multiplier = 0.8
start_week = 2
[rules.shift]
kind = "reallocate"
every = 2
shift = 0.5
by = "cost_per_qualified"
[rules.brake]
kind = "throttle"
channels = ["x"]
backlog_weeks = 0.1
to = 0.5
[[correlations]]
between = ["sales.opportunity_rate", "sales.close_rate"]
rank = 0.5
"#;
