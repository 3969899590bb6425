//! `[gate]`: who may ask the server for which panel.

use std::collections::{BTreeMap, BTreeSet};

use super::layers::{Layers, wrong};
use super::setting::{ConfigRow, Origin, Setting, row};
use super::values;
use crate::cli::base::error::CliError;

/// The settings of the server for panels.
#[derive(Clone, Debug)]
pub struct GateConfig {
    /// The panels that a user of this machine may ask for, by the user's id.
    pub allow: Setting<BTreeMap<String, BTreeSet<String>>>,
    /// The panels that everybody on this machine may ask for, through a loopback address.
    pub listen_panels: Setting<BTreeSet<String>>,
}

impl GateConfig {
    pub(super) fn assemble(layers: &Layers) -> Result<Self, CliError> {
        Ok(Self {
            allow: layers.or_else("gate.allow", allow, || Ok(BTreeMap::new()))?,
            listen_panels: layers.or_else("gate.listen-panels", panels, || Ok(BTreeSet::new()))?,
        })
    }

    /// The panels of each user, by id.
    pub fn users(&self) -> Result<BTreeMap<u32, BTreeSet<String>>, CliError> {
        let mut found = BTreeMap::<u32, BTreeSet<String>>::new();
        for (name, panels) in &self.allow.value {
            let id = match name.parse() {
                Ok(id) => id,
                Err(_) => uzers::get_user_by_name(name)
                    .ok_or_else(|| {
                        let problem = format!("this machine has no user \"{name}\"");
                        wrong("gate.allow", &self.allow.origin, &problem)
                    })?
                    .uid(),
            };
            found.entry(id).or_default().extend(panels.iter().cloned());
        }
        Ok(found)
    }

    pub(super) fn rows(&self) -> [ConfigRow; 2] {
        [
            row("gate.allow", &self.allow, |allow| {
                (!allow.is_empty()).then(|| serde_json::json!(allow).to_string())
            }),
            row("gate.listen-panels", &self.listen_panels, |panels| {
                (!panels.is_empty()).then(|| serde_json::json!(panels).to_string())
            }),
        ]
    }
}

/// `{"www-data": ["north"]}`
fn allow(text: &str, origin: &Origin) -> Result<BTreeMap<String, BTreeSet<String>>, String> {
    values::word(text, origin)?;
    serde_json::from_str(text).map_err(|_| {
        "it does not give each user an array of panels; write { www-data = [\"north\"] } in a file, and {\"www-data\":[\"north\"]} in a variable"
            .to_owned()
    })
}

/// `["north", "south"]`
fn panels(text: &str, origin: &Origin) -> Result<BTreeSet<String>, String> {
    values::word(text, origin)?;
    serde_json::from_str(text)
        .map_err(|_| "it is not an array of panels, as in [\"north\"]".to_owned())
}
