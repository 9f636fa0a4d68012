package io.gds.database.testkit.powershell;

import org.jspecify.annotations.Nullable;

/** A method of .NET, of an object or of a type. */
@FunctionalInterface
public interface NetMethod {
    /**
     * Calls it.
     *
     * @throws NetFailure the exception that .NET would throw
     */
    @Nullable
    Object call(NetArguments arguments);

    /** A method that gives nothing back. */
    static NetMethod doing(Body body) {
        return arguments -> {
            body.run(arguments);
            return Nothing.VALUE;
        };
    }

    /** What such a method does. */
    @FunctionalInterface
    interface Body {
        /** Does it. */
        void run(NetArguments arguments);
    }
}
