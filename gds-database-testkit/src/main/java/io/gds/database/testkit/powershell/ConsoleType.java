package io.gds.database.testkit.powershell;

import java.util.function.Consumer;

/** {@code [Console]}. */
final class ConsoleType {
    private ConsoleType() {}

    static void addTo(NetTypes types, PowerShellHost host) {
        types.add(NetType.named("System.Console")
                .property("Out", () -> writer(host::out))
                .property("Error", () -> writer(host::error))
                .property("In", () -> PsObject.net("System.IO.TextReader").method("ReadToEnd", a -> {
                    a.exactly(0);
                    return host.input();
                }))
                .method("WriteLine", NetMethod.doing(a -> host.out(line(a))))
                .method("Write", NetMethod.doing(a -> host.out(a.exactly(1).text(0)))));
    }

    private static PsObject writer(Consumer<String> to) {
        return PsObject.net("System.IO.TextWriter")
                .method("WriteLine", NetMethod.doing(a -> to.accept(line(a))))
                .method("Write", NetMethod.doing(a -> to.accept(a.exactly(1).text(0))))
                .method("Flush", NetMethod.doing(a -> a.exactly(0)));
    }

    private static String line(NetArguments a) {
        return (a.count() == 0 ? "" : a.exactly(1).text(0)) + "\r\n";
    }
}
