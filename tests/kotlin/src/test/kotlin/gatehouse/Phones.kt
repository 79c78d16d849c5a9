package gatehouse

import gatehouse.core.Fix
import gatehouse.core.GuardStation
import gatehouse.core.MemberWallet
import gatehouse.core.ScanResult
import gatehouse.core.drawCode

/** Enrols the station, signs the guard in and starts the shift. */
fun GuardStation.goToWork(
    server: Server,
    site: UInt = 1u,
    fix: Fix? = null,
) {
    enrol(server.enrolmentCode(), "Gate phone", 5000u)
    requestCode(Server.GUARD, 5000u)
    signIn(Server.GUARD, server.oneTimeCode(), 5000u)
    startShift(site, fix, 5000u)
}

/** Shows the station a frame of its camera. */
fun GuardStation.show(
    frame: Frame,
    fix: Fix? = null,
): ScanResult? = scanFrame(frame.luma, frame.width.toUInt(), frame.height.toUInt(), frame.rowStride.toUInt(), fix)

/** Shows the station a code, as drawn on the screen of a member's or visitor's phone. */
fun GuardStation.show(
    code: String,
    fix: Fix? = null,
): ScanResult = checkNotNull(show(Frame(1280, 720).showing(drawCode(code), 4), fix)) { "no code in the frame" }

/** Holds nothing before the camera for so long that the code before it is scanned anew. */
fun nothingInSight() = Thread.sleep(2_100)

/** Joins the organisation and signs the member in. */
fun MemberWallet.join(server: Server) {
    join(server.memberCode(), 5000u)
    requestCode(Server.MEMBER, 5000u)
    signIn(Server.MEMBER, server.oneTimeCode(Server.MEMBER), 5000u)
}
