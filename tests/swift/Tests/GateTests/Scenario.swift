import Foundation

let scenarios = URL(fileURLWithPath: ProcessInfo.processInfo.environment["GATEHOUSE_SCENARIOS"] ?? "scenarios")

func told<Value: Decodable>(_ name: String) throws -> Value {
    try JSONDecoder().decode(Value.self, from: Data(contentsOf: scenarios.appendingPathComponent(name)))
}

/// A scenario, as it is told in its file.
struct Scenario: Decodable {
    let setUp: [[String]]
    let codes: [String: Code]
    let steps: [Told]

    enum CodingKeys: String, CodingKey {
        case setUp = "set_up"
        case codes
        case steps
    }
}

struct Code: Decodable {
    let atFirst: [String]?
    let fresh: [String]?
    let text: String?

    enum CodingKeys: String, CodingKey {
        case atFirst = "at_first"
        case fresh
        case text
    }
}

struct Told: Decodable {
    let step: String
    let acts: [Act]
    let then: Then

    enum CodingKeys: String, CodingKey {
        case step
        case acts = "do"
        case then
    }
}

enum Act: Decodable {
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

struct WordyAct: Decodable {
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
    let foreground: Bool?
    let unlock: String?

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
        case foreground
        case unlock
    }
}

struct Typing: Decodable {
    let field: String
    let text: String
}

struct Place: Decodable {
    let latitude: Int32
    let longitude: Int32
    let accuracy: UInt32

    enum CodingKeys: String, CodingKey {
        case latitude = "latitude_e6"
        case longitude = "longitude_e6"
        case accuracy = "accuracy_m"
    }
}

struct Runs: Decodable {
    let torch: Bool
    let another: Bool
}

struct Then: Decodable {
    let kind: String?
    let title: String?
    let status: String?
    let verdict: String?
    let says: [String]?
    let can: [String]?
    let cannot: [String]?
}

/// What is another one each time stands as a word.
struct Replaced {
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
