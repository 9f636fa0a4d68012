package io.gds.database.core.internal.packages;

import static java.util.Objects.requireNonNull;

import io.gds.database.plan.Finding;
import io.gds.database.spi.CommandResult;
import io.gds.database.spi.HostShell;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Whether files to fetch and files to unpack fit. Immutable. */
final class Room {
    /** What a package system needs for its own lists and journals. */
    private static final long RESERVE = 64L << 20;

    private final PackageSettings settings;
    private final PackageSystem system;

    Room(PackageSettings settings, PackageSystem system) {
        this.settings = requireNonNull(settings, "settings");
        this.system = requireNonNull(system, "system");
    }

    List<Finding> findings(HostShell shell, String member, List<Offer> pins) {
        CommandResult said = shell.run(Scripts.command("room.sh", system.cache(), settings.programs()));
        // Twice: the way back is fetched too. Old and new files lie side by side until the new ones are in place.
        long fetched = 2 * pins.stream().mapToLong(Offer::bytes).sum();
        long unpacked = pins.stream().mapToLong(Offer::unpackedBytes).sum();
        Map<String, Long> needed = new TreeMap<>();
        Map<String, Long> free = new TreeMap<>();
        for (List<String> each : new Facts(said.output()).of("room", 3)) {
            long need = each.get(0).equals(system.cache()) ? fetched : unpacked;
            needed.merge(each.get(1), need, Long::sum);
            free.put(each.get(1), 1024 * Long.parseLong(each.get(2)));
        }
        List<Finding> out = new ArrayList<>();
        free.forEach((where, bytes) -> {
            long need = needed.getOrDefault(where, 0L) + RESERVE;
            if (bytes < need) {
                out.add(Finding.block(
                        "PKG-ROOM",
                        member,
                        (bytes >> 20) + " MiB free on " + where + " of " + shell.host(),
                        ((need >> 20) + 1) + " MiB for fetching and unpacking",
                        "make room there."));
            }
        });
        return out;
    }
}
