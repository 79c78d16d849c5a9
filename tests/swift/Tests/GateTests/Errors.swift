import GatehouseCore

/// The kind and the stable code of what a call throws; "" where it throws nothing.
func code(_ call: () throws -> Void) -> String {
    do {
        try call()
        return ""
    } catch let error as StationError {
        return describe(error)
    } catch let error as WalletError {
        return describe(error)
    } catch {
        return "\(error)"
    }
}

private func describe(_ error: any Error) -> String {
    let mirror = Mirror(reflecting: error)
    guard let kind = mirror.children.first else { return "\(error)" }
    let code = Mirror(reflecting: kind.value).children.first { $0.label == "code" }
    return "\(kind.label ?? "") \(code?.value ?? "")"
}
