//! The what-if page: who may ask, what is answered, what is saved, and how it is met in a browser.

mod answers;
mod browser;
#[path = "../support/browser.rs"]
mod chromium;
mod safety;
mod saving;
mod served;
