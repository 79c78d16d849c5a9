package gatehouse

import gatehouse.core.Effect
import gatehouse.core.GuardScreens
import gatehouse.core.Input
import gatehouse.core.MemberScreens
import gatehouse.core.Moment
import gatehouse.core.Screen
import java.nio.ByteBuffer
import java.nio.file.Path

/** The screens of either side: both are called alike, but for photos. */
class Screens(
    val screen: () -> Screen,
    val take: (Moment, Input) -> List<Effect>,
    val carry: (ULong) -> List<Effect>,
    val frame: (Moment, ByteBuffer, UInt, UInt, UInt, UInt) -> List<Effect>,
    val photo: (Moment, ULong, ByteArray) -> List<Effect>,
    val destroy: () -> Unit,
)

/** How one side is opened: where, and with what the platform lends. */
typealias Opens = (Path, Secrets, Time, Moment) -> Screens

/** A guard's, with a station beneath. */
fun guardScreens(
    folder: Path,
    secrets: Secrets,
    time: Time,
    moment: Moment,
): Screens {
    val of = GuardScreens.open(folder.toString(), secrets, time, "en", moment)
    return Screens(of::screen, of::take, of::carry, of::frame, of::photo, of::destroy)
}

/** A member's, with a wallet beneath whose codes without a network are signed in software. */
fun memberScreens(
    folder: Path,
    secrets: Secrets,
    time: Time,
    moment: Moment,
): Screens {
    val of = MemberScreens.open(folder.toString(), secrets, time, null, "en", moment)
    val noPhoto = { _: Moment, _: ULong, _: ByteArray -> error("a member's screens ask for no photo") }
    return Screens(of::screen, of::take, of::carry, of::frame, noPhoto, of::destroy)
}
