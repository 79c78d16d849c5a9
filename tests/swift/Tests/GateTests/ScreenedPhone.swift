import Foundation
import GatehouseCore
import Testing

/// The screens of either side, as far as both are called alike.
protocol Screens: AnyObject {
    func screen() -> Screen
    func take(moment: Moment, input: Input) -> [Effect]
    func carry(id: UInt64) -> [Effect]
    func frame(moment: Moment, luma: Data, width: UInt32, height: UInt32, rowStride: UInt32, turn: UInt32) throws
        -> [Effect]
}

extension GuardScreens: Screens {}

extension MemberScreens: Screens {}

/// How one side is opened: where, and with what the platform lends.
typealias Opens = (String, Secrets, Time, Moment) -> any Screens

/// A guard's, with a station beneath.
func guardScreens(in folder: String, secrets: Secrets, time: Time, moment: Moment) -> any Screens {
    GuardScreens.open(folder: folder, secrets: secrets, time: time, language: "en", moment: moment)
}

/// A member's, with a wallet beneath whose codes without a network are signed in software.
func memberScreens(in folder: String, secrets: Secrets, time: Time, moment: Moment) -> any Screens {
    MemberScreens.open(folder: folder, secrets: secrets, time: time, signer: nil, language: "en", moment: moment)
}

/// A phone that draws the screens and carries out what they ask for, one thing after another.
final class ScreenedPhone {
    let replaced: Replaced
    private let folder: String
    private let world: World
    private let secrets = Secrets()
    private let time = Time()
    private let opens: Opens
    private var screens: (any Screens)?
    private var handedOn: [String] = []
    private var taken: UInt64 = 0

    init(in folder: String, _ world: World, replaced: Replaced, opens: @escaping Opens) throws {
        (self.folder, self.world, self.replaced, self.opens) = (folder, world, replaced, opens)
        try reopen()
    }

    func does(_ act: Act) throws {
        switch act {
        case .word("back"):
            try pass(350)
            try take(.back)
        case .word("walk_away"):
            time.passedMs.withLock { $0 += 2_100 }
            try see(Frame())
        case .word("reopen"): try reopen()
        case .word(let word): throw Missing(what: "how to \(word)")
        case .act(let act): try does(act)
        }
    }

    private func does(_ act: WordyAct) throws {
        if let label = act.tap { try tap(label) }
        if let label = act.tapTwice { try tap(label, times: 2) }
        if let label = act.tapAtOnce { try tap(label, beforeMs: 0) }
        if let label = act.hold { try hold(label) }
        if let label = act.holdAtOnce { try hold(label, beforeMs: 0) }
        if let typing = act.type { try write(typing) }
        if let name = act.show { try show(world.code(of: name)) }
        if let length = act.waitMs { try pass(length) }
        if let place = act.fix {
            let fix = Fix(latitudeE6: place.latitude, longitudeE6: place.longitude, accuracyM: place.accuracy)
            try take(.place(fix: fix, ageMs: 0))
        }
        if let runs = act.camera { try take(.cameraRuns(torch: runs.torch, another: runs.another)) }
        if let there = act.network {
            try world.network(there)
            try take(.online(online: there))
        }
        if let seen = act.foreground { try take(.foreground(seen: seen)) }
        if let word = act.unlock { try take(.unlocked(unlocking: unlocking(word))) }
    }

    private func unlocking(_ word: String) throws -> Unlocking {
        switch word {
        case "yes": .yes
        case "no": .no
        case "cannot": .cannot
        default: throw Missing(what: "how to unlock by \(word)")
        }
    }

    /// Checks what a person wrote down of the screen.
    func holds(_ then: Then, at step: String) {
        guard let screen = screens?.screen() else { return }
        if let kind = then.kind { #expect(kind == word(screen.kind), "\(step)") }
        if let title = then.title { #expect(title == replaced.say(screen.title), "\(step)") }
        if let status = then.status { #expect(status == replaced.say(screen.status?.text ?? ""), "\(step)") }
        if let verdict = then.verdict { #expect(verdict == screen.verdict?.word, "\(step)") }
        let lines = screen.lines.map { replaced.say($0.text) }
        for said in then.says ?? [] { #expect(lines.contains(said), "\(step)") }
        for label in then.can ?? [] { #expect(action(label) != nil, "\(step): \(label)") }
        for label in then.cannot ?? [] { #expect(action(label) == nil, "\(step): \(label)") }
    }

    /// The screen as text, in the order in which it is read, and what was handed to the platform since the last.
    func drawn() -> String {
        guard let screen = screens?.screen() else { return "" }
        var lines = ["[\(word(screen.kind))] \(screen.title)"]
        if let status = screen.status { lines.append("  \(status.warns ? "!" : "~") \(status.text)") }
        if let verdict = screen.verdict { lines.append("  # \(verdict.word) \(word(verdict.shape))") }
        lines += screen.lines.map { "  \(mark($0.says)) \($0.text)" }
        lines += screen.checks.map { "  ? \(word($0.state)) \($0.label): \($0.text)" }
        for field in screen.fields {
            let typed = field.hidden ? String(repeating: "*", count: field.text.count) : field.text
            lines.append("  _ \(field.label): \(typed)")
        }
        for row in screen.rows {
            let parts = [row.text, row.detail].compactMap { $0 }
            lines.append("  \(row.marked ? "*" : "|") \(parts.joined(separator: " / "))")
        }
        if let countdown = screen.countdown {
            lines.append("  % \(countdown.untilMs - countdown.fromMs) ms \(countdown.text ?? "")")
        }
        if screen.viewfinder != nil { lines.append("  o camera") }
        switch screen.picture {
        case .face: lines.append("  o face")
        case .taken: lines.append("  o taken")
        case nil: break
        }
        if screen.code != nil { lines.append("  o code") }
        if let busy = screen.busy { lines.append("  … \(busy)") }
        let wanted = wanted(screen)
        if !wanted.isEmpty { lines.append("  @ \(wanted)") }
        lines += handedOn.map { "  ^ \($0)" }
        handedOn = []
        lines.append("  > \(screen.buttons.map(written).joined(separator: " · "))")
        return lines.joined(separator: "\n") + "\n"
    }

    private func written(_ button: ScreenButton) -> String {
        let label = button.enabled ? button.label : "(\(button.label))"
        return "\(label)\(button.held ? " held" : "") \(word(button.weight))"
    }

    private func mark(_ says: Says) -> String {
        switch says {
        case .lead: "="
        case .text: "-"
        case .warning, .problem: "!"
        case .small: "."
        }
    }

    private func wanted(_ screen: Screen) -> String {
        let wanted = screen.wanted
        let camera = wanted.camera.map { $0 == .codes ? "camera codes" : "camera portrait" }
        let light = wanted.torch ? "light" : nil
        let place = wanted.place ? "place" : nil
        let awake = wanted.awake ? "awake" : nil
        let bright = wanted.bright ? "bright" : nil
        return [camera, light, place, awake, bright].compactMap { $0 }.joined(separator: ", ")
    }

    /// The stable word of a case, as Rust and Kotlin write it.
    private func word(_ one: some Any) -> String {
        "\(one)".map { $0.isUppercase ? "_\($0.lowercased())" : String($0) }.joined()
    }

    private func reopen() throws {
        // It ends before another one begins.
        screens = nil
        screens = try opens(folder, secrets, time, moment())
        try take(.tick)
    }

    private func moment() throws -> Moment {
        let now = try time.read()
        return Moment(runningMs: now.monotonicMs, wallMs: now.wallMs, zoneS: 0)
    }

    private func take(_ input: Input) throws {
        try carryOut(#require(screens).take(moment: moment(), input: input))
    }

    private func carryOut(_ effects: [Effect]) throws {
        let screens = try #require(screens)
        var due = effects
        while !due.isEmpty {
            switch due.removeFirst() {
            case .work(let id): due += screens.carry(id: id)
            case .takePhoto:
                taken += 1
                let guards = try #require(screens as? GuardScreens)
                due += try guards.photo(moment: moment(), number: taken, jpeg: photo())
            // What comes of it the scenario tells.
            case .unlock: handedOn.append("unlock")
            case .share(let title, let text, _, let code):
                #expect(screens.screen().code == code, "the code that is on the screen")
                handedOn.append("share \(title) / \(text)")
            case .play, .nextCamera, .askForFix, .openSettings: break
            }
        }
    }

    private func pass(_ length: Int64) throws {
        time.passedMs.withLock { $0 += length }
        try take(.tick)
    }

    /// The action of the button or row that reads so, where it can be done now.
    private func action(_ label: String) -> String? {
        let screen = screens?.screen()
        let button = screen?.buttons.first { $0.label == label && $0.enabled }
        return button?.action ?? screen?.rows.first { $0.text == label }?.action
    }

    private func tap(_ label: String, beforeMs: Int64 = 350, times: Int = 1) throws {
        if beforeMs > 0 { try pass(beforeMs) }
        let screen = try #require(screens).screen().number
        let meant = try #require(action(label), "\(label)")
        for _ in 0..<times { try take(.tap(screen: screen, action: meant)) }
    }

    private func hold(_ label: String, beforeMs: Int64 = 1_100) throws {
        if beforeMs > 0 { try pass(beforeMs) }
        let screen = try #require(screens).screen().number
        let meant = try #require(action(label), "\(label)")
        try take(.held(screen: screen, action: meant, ms: 1_100))
    }

    private func write(_ typing: Typing) throws {
        let screen = try #require(screens).screen()
        let field = try #require(screen.fields.first { $0.label == typing.field }, "\(typing.field)")
        try take(.typed(screen: screen.number, field: field.name, text: world.fill(typing.text)))
    }

    /// Frames that show it until it is read.
    private func show(_ code: String) throws {
        let screens = try #require(screens)
        let frame = try Frame().showing(code)
        let before = screens.screen().number
        for _ in 0..<20 where screens.screen().number == before { try see(frame) }
        try #require(screens.screen().number != before, "no code was read")
    }

    private func see(_ frame: Frame) throws {
        let screens = try #require(screens)
        let (now, width, height, stride) = (try moment(), frame.width, frame.height, frame.rowStride)
        let luma = frame.luma
        try carryOut(
            screens.frame(moment: now, luma: luma, width: width, height: height, rowStride: stride, turn: 0))
    }
}
