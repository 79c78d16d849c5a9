//! The server of a scenario, and the codes that people hold.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use gatehouse_tests::server::Server;

use super::{super::text, scenario::Code};

/// The server, and the codes that people hold.
pub(super) struct World {
    folder: PathBuf,
    server: Server,
    codes: BTreeMap<String, Code>,
    made: BTreeMap<String, String>,
}

impl World {
    pub(super) fn set_up(folder: &Path, set_up: &[Vec<String>], codes: BTreeMap<String, Code>) -> Self {
        let server = Server::start(&folder.join("server"), 0);
        let mut world = Self { folder: folder.to_owned(), server, codes, made: BTreeMap::new() };
        for command in set_up {
            world.run(command);
        }
        let made = world.codes.iter().filter_map(|(name, code)| match code {
            Code::AtFirst(command) => Some((name.clone(), text(&world.run(command), "code").to_owned())),
            Code::Fresh(_) | Code::Text(_) => None,
        });
        let made = made.collect();
        world.made = made;
        world
    }

    fn run(&self, command: &[String]) -> serde_json::Value {
        let command: Vec<String> = command.iter().map(|word| self.fill(word)).collect();
        self.server.local(&command.iter().map(String::as_str).collect::<Vec<_>>())
    }

    pub(super) fn fill(&self, text: &str) -> String {
        let text = text.replace("{url}", &self.server.url);
        let text = text.replace("{folder}", self.folder.to_str().expect("UTF-8"));
        match text.strip_prefix("{one_time_code:").and_then(|rest| rest.strip_suffix('}')) {
            Some(address) => self.server.one_time_code(address),
            None => text,
        }
    }

    pub(super) fn code(&self, name: &str) -> String {
        match self.codes.get(name).unwrap_or_else(|| panic!("no code of {name}")) {
            Code::AtFirst(_) => self.made[name].clone(),
            Code::Fresh(command) => text(&self.run(command), "code").to_owned(),
            Code::Text(text) => text.clone(),
        }
    }

    pub(super) fn network(&mut self, there: bool) {
        if there {
            self.server = Server::start(&self.server.data.clone(), self.server.port());
        } else {
            self.server.kill();
        }
    }
}
