use harbour::ships::UpdateShipOutput;

pub fn call(output: &UpdateShipOutput) -> bool {
    matches!(output, UpdateShipOutput::NoContent)
}
