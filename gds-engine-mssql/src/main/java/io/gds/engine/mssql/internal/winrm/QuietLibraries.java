package io.gds.engine.mssql.internal.winrm;

import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * What the client's libraries say on the console for every host, and nobody can do anything about: which service description they read, and
 * that the SOAP library is of an older kind. A host program that has set these loggers itself is left alone.
 */
final class QuietLibraries {
    private static final Map<String, Level> LOUD = Map.of(
            "org.apache.cxf.wsdl.service.factory.ReflectionServiceFactoryBean", Level.WARNING,
            "javax.xml.soap", Level.SEVERE);

    /** Kept, since a logger that nobody holds is forgotten with its level. */
    private static final List<Logger> HELD =
            LOUD.entrySet().stream().map(e -> quiet(e.getKey(), e.getValue())).toList();

    private QuietLibraries() {}

    private static Logger quiet(String name, Level level) {
        Logger logger = Logger.getLogger(name);
        if (logger.getLevel() == null) {
            logger.setLevel(level);
        }
        return logger;
    }

    /** The loggers, made quiet; whoever makes clients holds them. */
    static List<Logger> held() {
        return HELD;
    }
}
