import Foundation
import GatehouseCore
import Testing

/// A guard's phone and a member's at a real server, as `tests/scenarios` tells it, drawn and tapped as a shell does.
/// What each screen shows is kept there by the core alone, without these bindings.
@Suite struct Scenarios {
    private let folder: Folder

    init() throws { folder = try Folder() }

    @Test func aGuardsDayShowsWhatIsKept() throws { try play("guard-day", opens: guardScreens) }

    @Test func aGuardsPhoneHasTheMannersThatAreKept() throws { try play("guard-manners", opens: guardScreens) }

    @Test func aMembersDayShowsWhatIsKept() throws { try play("member-day", opens: memberScreens) }

    @Test func aMembersPhoneHasTheMannersThatAreKept() throws { try play("member-manners", opens: memberScreens) }

    private func play(_ name: String, opens: @escaping Opens) throws {
        let scenario: Scenario = try told("\(name).json")
        let server = try Server(in: folder.url, furnished: false)
        let world = try World(server, folder, scenario)
        let phone = try ScreenedPhone(in: folder.path("phone"), world, replaced: Replaced(), opens: opens)
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

/// The server, and the codes that people hold.
final class World {
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
