//! How a page looks: HTML with its style, its faces and its few lines of script inside. Nothing is fetched from
//! anywhere, and every text is escaped: a name can't become markup.

use std::collections::BTreeSet;
use std::fmt::Write;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::charts::{Ink, inks, web_faces};
use crate::text::printable;

use super::super::key_figures::KeyFigure;
use super::inputs::{Group, Spread};
use super::{Block, BlockKind, Grid, Page, Section};

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// What a page may do: show itself. No request leaves it, whatever stands in it.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; font-src data:; img-src data:; base-uri 'none'; form-action 'none'";

impl Page {
    /// The page as an HTML document.
    #[must_use]
    pub fn html(&self) -> String {
        let body = self.body();
        let style = format!("{}{}{}", faces(&body.0), chart_colors(), STYLE);
        let document = html! {
            (DOCTYPE)
            html lang="en" {
                head {
                    meta charset="utf-8";
                    meta http-equiv="Content-Security-Policy" content=(POLICY);
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="generator" content={ "foremix " (env!("CARGO_PKG_VERSION")) };
                    meta name="color-scheme" content="light dark";
                    title { (self.title) }
                    style { (PreEscaped(style)) }
                }
                body {
                    (body)
                    script { (PreEscaped(SCRIPT)) }
                }
            }
        };
        // A page may end on a terminal as well, and what reorders text would lead readers astray on any screen.
        printable(&document.into_string()).into_owned()
    }

    fn body(&self) -> Markup {
        html! {
            a.skip href="#answer" { "To the answer" }
            header {
                h1 { (self.title) }
                p.subject { (self.subject) }
                @if let Some(changed) = &self.changed {
                    p.changed { "Changed from the file: " (changed) "." }
                }
            }
            main {
                section #answer aria-label="The answer" {
                    @for (at, sentence) in self.answer.iter().enumerate() {
                        p.lead[at == 0] { (sentence) }
                    }
                    @if !self.figures.is_empty() {
                        dl.figures { @for figure in &self.figures { (key_figure(figure)) } }
                    }
                }
                @if self.sections.len() > 2 {
                    nav aria-label="Contents" {
                        ul { @for section in &self.sections { li { a href={ "#" (section.id) } { (section.title) } } } }
                    }
                }
                @if self.plans.len() > 1 { (toggles(&self.plans)) }
                @for part in &self.sections { (section(part)) }
            }
            footer { p { (self.foot) } }
        }
    }
}

fn key_figure(figure: &KeyFigure) -> Markup {
    html! {
        div {
            dt { (figure.name) }
            dd.figure.words[!figure.figure.contains(|letter: char| letter.is_numeric())] { (figure.figure) }
            dd.beside { (figure.beside) }
        }
    }
}

/// A text in which keys and commands stand between backticks.
fn prose(text: &str) -> Markup {
    html! {
        @for (at, part) in text.split('`').enumerate() {
            @if at % 2 == 1 { code { (part) } } @else { (part) }
        }
    }
}

/// Boxes that show and hide plans: without script nothing is hidden, and they aren't there.
fn toggles(plans: &[String]) -> Markup {
    html! {
        fieldset.toggles hidden {
            legend { "Plans shown" }
            @for (at, plan) in plans.iter().enumerate() {
                label { input type="checkbox" checked data-shows=(at); " " (plan) }
            }
        }
    }
}

fn section(section: &Section) -> Markup {
    html! {
        section id=(section.id) aria-labelledby={ (section.id) "-title" } {
            h2 id={ (section.id) "-title" } { (section.title) }
            @for block in &section.blocks {
                @match block.plan {
                    Some(plan) => div data-plan=(plan) { (inner(block)) },
                    None => (inner(block)),
                }
            }
        }
    }
}

fn inner(block: &Block) -> Markup {
    match &block.kind {
        BlockKind::Text(text) => html! { p { (prose(text)) } },
        BlockKind::Small(text) => html! { p.small { (text) } },
        BlockKind::List(sentences) => html! { ul.notes { @for sentence in sentences { li { (sentence) } } } },
        BlockKind::Table(table) => grid(table),
        BlockKind::Chart(drawing) => html! {
            figure {
                div.scroll tabindex="0" role="group" aria-label="Chart" { (PreEscaped(drawing.inline())) }
                figcaption aria-hidden="true" { (drawing.title()) }
            }
        },
        BlockKind::Inputs(groups) => inputs(groups),
        BlockKind::Facts(facts) => html! {
            dl.facts { @for (name, what) in facts { dt { (name) } dd { (what) } } }
        },
        BlockKind::Source { name, text } => html! {
            details {
                summary { (name) }
                pre tabindex="0" { code { (text) } }
            }
        },
    }
}

fn grid(table: &Grid) -> Markup {
    // A last column of words is read from the left, as its header is empty or absent.
    let is_named = table.header.iter().any(|title| !title.is_empty());
    html! {
        div.scroll tabindex="0" role="group" aria-label=(table.caption) {
            table {
                caption { (table.caption) }
                @if is_named {
                    thead {
                        tr {
                            @for title in &table.header {
                                @if title.is_empty() { td {} } @else { th scope="col" { (title) } }
                            }
                        }
                    }
                }
                tbody {
                    @for row in &table.rows {
                        tr {
                            @for (at, cell) in row.iter().enumerate() {
                                @if at == 0 { th scope="row" { (cell) } } @else { td { (cell) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn inputs(groups: &[Group]) -> Markup {
    html! {
        div.scroll tabindex="0" role="group" aria-label="Inputs" {
            table.inputs {
                caption { "Every figure of the plan: as written, and as it was read" }
                thead {
                    tr {
                        th scope="col" { "figure" }
                        th scope="col" { "as written" }
                        th scope="col" { "as read" }
                        th scope="col" { "its spread" }
                    }
                }
                @for group in groups {
                    tbody {
                        tr { th.group scope="rowgroup" colspan="4" { (group.name) } }
                        @for row in &group.rows {
                            tr {
                                th scope="row" {
                                    (row.key)
                                    @if !row.about.is_empty() { span.about { (prose(&row.about)) } }
                                }
                                td { code { (row.written) } }
                                td { (row.read) }
                                td { @if let Some(spread) = &row.spread { (drawn(spread)) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// A spread as small bars; P10, P50 and P90 stand beside them in figures.
fn drawn(spread: &Spread) -> Markup {
    const HEIGHT: f64 = 26.0;
    const WIDTH: f64 = 5.0;
    let bars = spread.bars.iter().enumerate().map(|(at, &bar)| {
        let height = HEIGHT * bar;
        (at as f64 * WIDTH, HEIGHT - height, height, if bar > 0.0 && spread.inner.contains(&at) { "in" } else { "out" })
    });
    let view = format!("0 0 {} {HEIGHT}", WIDTH * spread.bars.len() as f64);
    html! {
        svg.spread viewBox=(view) aria-hidden="true" {
            @for (x, y, height, class) in bars {
                @if height > 0.0 {
                    rect class=(class) x=(x) y=(format!("{y:.1}")) width="4" height=(format!("{height:.1}")) {}
                }
            }
        }
    }
}

/// The faces that the page needs, inside it: text of charts was measured in them.
fn faces(body: &str) -> String {
    let mut style = String::new();
    let mut families: Vec<String> = Vec::new();
    for face in web_faces(body) {
        let bytes = STANDARD.encode(face.bytes);
        let _ = writeln!(
            style,
            "@font-face{{font-family:\"{}\";font-weight:{};src:url(data:font/ttf;base64,{bytes}) format(\"truetype\")}}",
            face.family, face.weight
        );
        families.push(format!("\"{}\"", face.family));
    }
    families.dedup();
    let _ = writeln!(style, ":root{{--faces:{},Arial,Helvetica,sans-serif}}", families.join(","));
    style
}

/// Colors of charts on a dark screen, in place of those that are written in them: a style.
#[must_use]
pub fn chart_colors() -> String {
    let mut style = String::from("@media screen and (prefers-color-scheme:dark){\n");
    let mut seen = BTreeSet::new();
    for &Ink { light: [r, g, b], dark: [dr, dg, db] } in inks() {
        let light = format!("#{r:02X}{g:02X}{b:02X}");
        if seen.insert(light.clone()) {
            for part in ["fill", "stroke"] {
                let _ = writeln!(style, ".chart:not(.map) [{part}=\"{light}\"]{{{part}:#{dr:02X}{dg:02X}{db:02X}}}");
            }
        }
    }
    style.push_str("}\n");
    style
}
