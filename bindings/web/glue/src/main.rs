//! `gatehouse-web-glue MODULE FOLDER`: writes into the folder what a browser loads, out of what Cargo built. Refuses a
//! module of another version of wasm-bindgen.

use std::{env, error::Error};

use wasm_bindgen_cli_support::Bindgen;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args_os().skip(1);
    let (Some(module), Some(folder)) = (arguments.next(), arguments.next()) else {
        return Err("which module, and into which folder?".into());
    };
    let mut glue = Bindgen::new();
    // The module is looked for beside the JavaScript.
    glue.input_path(module).web(true)?.typescript(false).omit_default_module_path(false).generate(folder)?;
    Ok(())
}
