use harbour::ship::UpdateShipOutput;

pub fn call(output: &UpdateShipOutput) -> bool {
    matches!(output, UpdateShipOutput::NoContent)
}
