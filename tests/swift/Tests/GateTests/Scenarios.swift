import Foundation
import GatehouseCore
import Testing

/// A guard's phone at a real server, as `tests/scenarios` tells it, drawn and tapped as a shell does. What each screen
/// shows is kept there by the core alone, without these bindings.
@Suite struct Scenarios {
    private let folder: Folder

    init() throws { folder = try Folder() }

    @Test func aGuardsDayShowsWhatIsKept() throws { try play("guard-day") }

    @Test func aGuardsPhoneHasTheMannersThatAreKept() throws { try play("guard-manners") }

    private func play(_ name: String) throws {
        let scenario: Scenario = try told("\(name).json")
        let server = try Server(in: folder.url, furnished: false)
        let world = try World(server, folder, scenario)
        let phone = try ScreenedPhone(in: folder.path("phone"), world, replaced: Replaced())
        var played = ""
        for told in scenario.steps {
            for act in told.acts { try phone.does(act) }
            played += "## \(told.step)\n\(phone.replaced.say(phone.drawn()))\n"
            phone.holds(told.then, at: told.step)
        }
        let kept = try String(contentsOf: scenarios.appendingPathComponent("kept/\(name).txt"), encoding: .utf8)
        let lines = (kept: kept.split(separator: "\n"), played: played.split(separator: "\n"))
        for (before, now) in zip(lines.kept, lines.played) { try #require(before == now) }
        #expect(lines.kept.count == lines.played.count)
    }
}

private let scenarios = URL(fileURLWithPath: ProcessInfo.processInfo.environment["GATEHOUSE_SCENARIOS"] ?? "scenarios")

private func told<Value: Decodable>(_ name: String) throws -> Value {
    try JSONDecoder().decode(Value.self, from: Data(contentsOf: scenarios.appendingPathComponent(name)))
}

/// A scenario, as it is told in its file.
private struct Scenario: Decodable {
    let setUp: [[String]]
    let codes: [String: Code]
    let steps: [Told]

    enum CodingKeys: String, CodingKey {
        case setUp = "set_up"
        case codes
        case steps
    }
}

private struct Code: Decodable {
    let atFirst: [String]?
    let fresh: [String]?
    let text: String?

    enum CodingKeys: String, CodingKey {
        case atFirst = "at_first"
        case fresh
        case text
    }
}

private struct Told: Decodable {
    let step: String
    let acts: [Act]
    let then: Then

    enum CodingKeys: String, CodingKey {
        case step
        case acts = "do"
        case then
    }
}

private enum Act: Decodable {
    case word(String)
    case act(WordyAct)

    init(from decoder: any Decoder) throws {
        if let word = try? decoder.singleValueContainer().decode(String.self) {
            self = .word(word)
        } else {
            self = .act(try WordyAct(from: decoder))
        }
    }
}

private struct WordyAct: Decodable {
    let tap: String?
    let tapTwice: String?
    let tapAtOnce: String?
    let hold: String?
    let holdAtOnce: String?
    let type: Typing?
    let show: String?
    let waitMs: Int64?
    let fix: Place?
    let camera: Runs?
    let network: Bool?

    enum CodingKeys: String, CodingKey {
        case tap
        case tapTwice = "tap_twice"
        case tapAtOnce = "tap_at_once"
        case hold
        case holdAtOnce = "hold_at_once"
        case type
        case show
        case waitMs = "wait_ms"
        case fix
        case camera
        case network
    }
}

private struct Typing: Decodable {
    let field: String
    let text: String
}

private struct Place: Decodable {
    let latitude: Int32
    let longitude: Int32
    let accuracy: UInt32

    enum CodingKeys: String, CodingKey {
        case latitude = "latitude_e6"
        case longitude = "longitude_e6"
        case accuracy = "accuracy_m"
    }
}

private struct Runs: Decodable {
    let torch: Bool
    let another: Bool
}

private struct Then: Decodable {
    let kind: String?
    let title: String?
    let status: String?
    let verdict: String?
    let says: [String]?
    let can: [String]?
    let cannot: [String]?
}

/// What is another one each time stands as a word.
private struct Replaced {
    private let rules: [(NSRegularExpression, String)]

    init() throws {
        let read: [[String]] = try told("replace.json")
        rules = try read.map { (try NSRegularExpression(pattern: $0[0]), $0[1]) }
    }

    func say(_ text: String) -> String {
        rules.reduce(text) { said, rule in
            let whole = NSRange(said.startIndex..., in: said)
            return rule.0.stringByReplacingMatches(in: said, range: whole, withTemplate: rule.1)
        }
    }
}

/// The server, and the codes that people hold.
private final class World {
    private let server: Server
    private let folder: Folder
    private let codes: [String: Code]
    private var made: [String: String] = [:]

    init(_ server: Server, _ folder: Folder, _ scenario: Scenario) throws {
        (self.server, self.folder, codes) = (server, folder, scenario.codes)
        for command in scenario.setUp { _ = try run(command) }
        for (name, code) in codes {
            if let command = code.atFirst { made[name] = try self.code(by: command) }
        }
    }

    func fill(_ text: String) throws -> String {
        if let match = text.wholeMatch(of: /\{one_time_code:(.*)\}/) {
            return try server.oneTimeCode(for: String(match.output.1))
        }
        return text.replacingOccurrences(of: "{url}", with: server.url)
            .replacingOccurrences(of: "{folder}", with: folder.url.path)
    }

    func code(of name: String) throws -> String {
        if let made = made[name] { return made }
        let code = try #require(codes[name])
        if let text = code.text { return text }
        return try self.code(by: #require(code.fresh))
    }

    func network(_ there: Bool) throws {
        if there { try server.restart() } else { server.kill() }
    }

    private func code(by command: [String]) throws -> String {
        try #require(run(command)["code"] as? String)
    }

    private func run(_ command: [String]) throws -> [String: Any] {
        try server.local(command.map(fill))
    }
}

/// A phone that draws the screens and carries out what they ask for, one thing after another.
private final class ScreenedPhone {
    let replaced: Replaced
    private let folder: String
    private let world: World
    private let secrets = Secrets()
    private let time = Time()
    private var screens: GuardScreens?
    private var taken: UInt64 = 0

    init(in folder: String, _ world: World, replaced: Replaced) throws {
        (self.folder, self.world, self.replaced) = (folder, world, replaced)
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
            try take(.place(fix: fix))
        }
        if let runs = act.camera { try take(.cameraRuns(torch: runs.torch, another: runs.another)) }
        if let there = act.network {
            try world.network(there)
            try take(.online(online: there))
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

    /// The screen as text, in the order in which it is read.
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
        if let busy = screen.busy { lines.append("  … \(busy)") }
        let wanted = wanted(screen)
        if !wanted.isEmpty { lines.append("  @ \(wanted)") }
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
        return [camera, light, place, awake].compactMap { $0 }.joined(separator: ", ")
    }

    /// The stable word of a case, as Rust and Kotlin write it.
    private func word(_ one: some Any) -> String {
        "\(one)".map { $0.isUppercase ? "_\($0.lowercased())" : String($0) }.joined()
    }

    private func reopen() throws {
        // It ends before another one begins.
        screens = nil
        let now = try moment()
        screens = GuardScreens.open(folder: folder, secrets: secrets, time: time, language: "en", moment: now)
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
                due += try screens.photo(moment: moment(), number: taken, jpeg: photo())
            default: break
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
