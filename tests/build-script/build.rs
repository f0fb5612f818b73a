fn main() {
    cratewright::build::Builder::new("harbour.yaml").generate();
}
