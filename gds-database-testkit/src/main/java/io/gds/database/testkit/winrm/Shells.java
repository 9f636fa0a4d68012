package io.gds.database.testkit.winrm;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** All open shells, and how many each user may have. Thread-safe. */
final class Shells {
    private final Map<String, Shell> open = new LinkedHashMap<>();
    private final Limits limits;
    private int created;

    Shells(Limits limits) {
        this.limits = limits;
    }

    /** Adds one, unless its client was cut off: then the shells that were lost meanwhile have taken it with them. */
    synchronized void add(Shell shell, BooleanSupplier connected) {
        if (!connected.getAsBoolean()) {
            throw new CallerGone();
        }
        if (of(shell.account()).size() >= limits.shellsPerUser()) {
            throw new WsmanFaultException(WsmanFault.TOO_MANY_SHELLS);
        }
        open.put(shell.id(), shell);
        created++;
    }

    /** Refuses a command of a user who has used up his operations. */
    synchronized void checkOperations(String account) {
        if (of(account).stream().mapToInt(Shell::started).sum() >= limits.operationsPerUser()) {
            throw new WsmanFaultException(WsmanFault.TOO_MANY_OPERATIONS);
        }
    }

    private List<Shell> of(String account) {
        return open.values().stream().filter(s -> s.account().equals(account)).toList();
    }

    /** A shell of this user. */
    synchronized Shell find(Optional<String> id, String account) {
        Shell shell = id.map(open::get).orElse(null);
        if (shell == null) {
            throw new WsmanFaultException(WsmanFault.SHELL_NOT_FOUND);
        }
        if (!shell.account().equals(account)) {
            throw new WsmanFaultException(WsmanFault.ACCESS_DENIED);
        }
        return shell;
    }

    void delete(Optional<String> id, String account) {
        Shell shell;
        synchronized (this) {
            shell = find(id, account);
            open.remove(shell.id());
        }
        shell.close();
    }

    /** Loses them all, with everything that runs in them. */
    void lose() {
        List<Shell> lost;
        synchronized (this) {
            lost = List.copyOf(open.values());
            open.clear();
        }
        lost.forEach(Shell::close);
    }

    /** Every Receive that waits looks whether its client is still there. */
    void wake() {
        List<Shell> now;
        synchronized (this) {
            now = List.copyOf(open.values());
        }
        now.forEach(Shell::wake);
    }

    synchronized int size() {
        return open.size();
    }

    synchronized int created() {
        return created;
    }
}
