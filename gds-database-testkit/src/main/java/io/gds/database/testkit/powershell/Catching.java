package io.gds.database.testkit.powershell;

import org.jspecify.annotations.Nullable;

/** Which catch block takes an error, and what it sees of it. */
final class Catching {
    private Catching() {}

    /**
     * What a catch block sees; null when it does not take the error. One with types looks inside the exception that names
     * a method, and then sees what it found there; one without types sees the outer exception.
     */
    static @Nullable ErrorRecord seenBy(Ast.Catch block, PsException error, Source source) {
        ErrorRecord record = error.error();
        if (block.types().isEmpty()) {
            return record;
        }
        for (String name : block.types()) {
            String type = ExceptionTypes.find(name);
            if (type == null) {
                throw new UnsupportedPowerShell("exception [" + name + "]").at(source, block.at());
            }
            NetException inner = record.exception().inner();
            if (inner != null && ExceptionTypes.isA(inner, type)) {
                return record.withException(inner);
            }
            if (ExceptionTypes.isA(record.exception(), type)) {
                return record;
            }
        }
        return null;
    }
}
