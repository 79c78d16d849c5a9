//! Shifts that begin online. The journal's entry about each follows, and says the same.

use gatehouse_core::{
    role::Role,
    wire::{ShiftAnswer, ShiftRequest},
};

use super::{Scope, Service, ServiceError};
use crate::store::{shift, shift::NewShift};

impl Service {
    /// Begins a guard's shift. Asked twice, it is the same shift.
    ///
    /// # Errors
    /// Not a guard's scope, or not from a station; an unknown site, or one that the guard is not assigned to.
    pub fn start_shift(
        &self,
        scope: &Scope,
        device: Option<gatehouse_core::id::DeviceId>,
        request: &ShiftRequest,
    ) -> Result<ShiftAnswer, ServiceError> {
        scope.require(Role::Guard)?;
        let guard = scope.person_id().ok_or(ServiceError::Forbidden)?;
        let device = Some(device.ok_or(ServiceError::NotAtStation)?);
        let site_name = self.may_work_at(scope, request.site)?;
        let new =
            NewShift { id: request.shift, guard, device, site: request.site, assigned: true, surely: true };
        let (org, now) = (scope.org, self.now());
        self.store.write(move |tx| shift::begin(tx, org, &new, now))?;
        Ok(ShiftAnswer { site_name, server_time: now })
    }
}
