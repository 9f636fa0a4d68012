package io.gds.database.testkit.windows;

import io.gds.database.testkit.powershell.NetFailure;
import io.gds.database.testkit.powershell.NetType;
import io.gds.database.testkit.powershell.NetTypes;
import io.gds.database.testkit.powershell.PsObject;
import org.jspecify.annotations.Nullable;

/** The types of .NET that say who somebody is. */
final class SecurityTypes {
    static final String SID = "System.Security.Principal.SecurityIdentifier";
    private static final String IDENTITY = "System.Security.Principal.WindowsIdentity";
    private static final String PRINCIPAL = "System.Security.Principal.WindowsPrincipal";
    private static final String ROLE = "System.Security.Principal.WindowsBuiltInRole";

    private SecurityTypes() {}

    static void addTo(NetTypes types, ScriptHost scripts) {
        types.add(NetType.named(SID).constructor(a -> sid(a.exactly(1).text(0))));
        types.add(NetType.enumeration(ROLE).value("Administrator", 544).value("User", 545));
        types.add(NetType.named(IDENTITY).method("GetCurrent", a -> {
            a.exactly(0);
            return identity(scripts.process().account());
        }));
        types.add(NetType.named(PRINCIPAL).cast(SecurityTypes::principal));
    }

    static PsObject sid(String value) {
        return PsObject.net(SID).with("Value", value).text(() -> value);
    }

    private static PsObject identity(Account account) {
        return PsObject.net(IDENTITY)
                .carrying(account)
                .with("Name", account.name())
                .with("User", sid(account.sid()))
                .with("IsSystem", account.equals(Account.SYSTEM));
    }

    private static PsObject principal(@Nullable Object value) {
        Account account = value instanceof PsObject o ? o.payload(Account.class) : null;
        if (account == null) {
            throw new NetFailure(
                    "System.Management.Automation.PSInvalidCastException",
                    "Cannot convert the value to type \"" + PRINCIPAL + "\".");
        }
        return PsObject.net(PRINCIPAL).method("IsInRole", a -> {
            if (!a.exactly(1).enumeration(0, ROLE).name().equals("Administrator")) {
                throw a.otherwise();
            }
            return account.administrator();
        });
    }
}
