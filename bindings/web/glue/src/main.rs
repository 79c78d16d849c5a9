//! `gatehouse-web-glue MODULE FOLDER`: writes into the folder what a browser loads, out of what Cargo built.

#[cfg(not(target_arch = "wasm32"))]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args_os().skip(1);
    let (Some(module), Some(folder)) = (arguments.next(), arguments.next()) else {
        return Err("which module, and into which folder?".into());
    };
    let mut glue = wasm_bindgen_cli_support::Bindgen::new();
    glue.input_path(module).web(true)?.typescript(false).generate(folder)?;
    Ok(())
}

#[cfg(target_arch = "wasm32")]
const fn main() {}
