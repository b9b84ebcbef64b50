//! Draws the pictures of docs/model/ from the model's own code: `cargo run --release --example pictures`.

mod figures;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    for picture in figures::PICTURES {
        let file = figures::packed(&(picture.draw)()?)?;
        std::fs::write(format!("docs/images/{}.png", picture.name), file)?;
    }
    Ok(())
}
