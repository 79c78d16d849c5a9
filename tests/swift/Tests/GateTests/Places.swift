import GatehouseCore
import Testing

/// Which sites there are, and where the phone is.
@Suite struct Places {
    private let folder: Folder
    private let server: Server
    private let station: GuardStation

    init() throws {
        folder = try Folder()
        server = try Server(in: folder.url)
        station = try GuardStation.open(folder: folder.path("station"), secrets: Secrets(), time: Time())
    }

    @Test func theSitesAreThoseOfTheGatePackTheGuardsOwnFirst() throws {
        #expect(try station.sites().isEmpty)
        _ = try server.local("site", "add", "--name", "Archive", "--walk-up-photo", "required")
        try station.goToWork(at: server)
        let sites = try station.sites()
        #expect(sites.map(\.name) == ["Main gate", "River gate", "Archive", "Back gate"])
        #expect(sites.map(\.assigned) == [true, true, false, false])
        #expect(sites.map(\.geofence) == [.ignore, .block, .ignore, .ignore])
        #expect(sites[2].number == 4 && sites[2].walkUpPhoto == .required && sites[2].arrivalPhoto == .optional)
    }

    @Test func aShiftBeginsWhereTheGuardIs() throws {
        try station.goToWork(at: server)
        try station.endShift(fix: nil)
        let elsewhere = code { _ = try station.startShift(site: 3, fix: Server.farAway, deadlineMs: 5000) }
        #expect(elsewhere == "Rejected outside_geofence")
        let nowhere = code { _ = try station.startShift(site: 3, fix: nil, deadlineMs: 5000) }
        #expect(nowhere == "Rejected outside_geofence")
        #expect(try station.startShift(site: 3, fix: Server.atRiverGate, deadlineMs: 5000).location == nil)
    }

    @Test func aScanTellsWhereThePhoneWas() throws {
        try station.goToWork(at: server, site: 3, fix: Server.atRiverGate)
        let frame = try Frame().showing(server.invite("Rosa", to: 3).code)
        let scan = { (fix: Fix?) in
            let result = try #require(try station.show(frame, fix: fix))
            try station.abandon(event: result.event)
            station.nothingInSight()
            return result
        }
        #expect(try scan(Server.atRiverGate).verdict == .verified)
        let far = try scan(Server.farAway)
        #expect(far.verdict == .denied && far.code == "outside_geofence")
        #expect(far.reasons.first { $0.check == "location" }?.number == 8)
        let unknown = try scan(nil)
        #expect(unknown.verdict == .denied && unknown.code == "outside_geofence")
    }
}
