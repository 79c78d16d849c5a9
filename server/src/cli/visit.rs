//! What commands ask of a visit: where to, and from when until when.

use gatehouse_core::{id::SiteNumber, time::UnixSeconds};

use super::{
    local::{now, parse_time},
    output::CliError,
};

/// Window of an invitation whose times are not given: from a little before now, for clocks that are behind. Seconds.
const EARLIER_S: u64 = 300;
const DEFAULT_LIFE_S: u64 = 86_400;

/// Who is invited, where to and when: the same for admins and members.
#[derive(clap::Args)]
pub struct Visit {
    /// The visitor's name, as the guard will see it
    #[arg(long, value_name = "N")]
    pub name: String,
    /// Number or name of a site to visit; more than once for several, none for all that one may invite to
    #[arg(long, value_name = "SITE")]
    site: Vec<String>,
    /// Start of the visit: seconds since 1970 or RFC 3339; without it now
    #[arg(long, value_name = "TIME", value_parser = parse_time)]
    from: Option<UnixSeconds>,
    /// End of the visit, likewise; without it a day after the start
    #[arg(long, value_name = "TIME", value_parser = parse_time)]
    until: Option<UnixSeconds>,
    /// How often the visitor may come in; without it as often as they like
    #[arg(long, value_name = "N")]
    pub max_uses: Option<u32>,
}

impl Visit {
    /// The sites, each as `find` finds it; nothing for all.
    pub fn sites(
        &self,
        find: impl Fn(&str) -> Result<SiteNumber, CliError>,
    ) -> Result<Option<Vec<SiteNumber>>, CliError> {
        let found = self.site.iter().map(|typed| find(typed)).collect::<Result<Vec<_>, _>>()?;
        Ok((!found.is_empty()).then_some(found))
    }

    /// Its start and end.
    pub fn window(&self) -> (UnixSeconds, UnixSeconds) {
        let from = self.from.unwrap_or_else(|| now().minus(EARLIER_S));
        (from, self.until.unwrap_or_else(|| from.plus(DEFAULT_LIFE_S)))
    }
}
