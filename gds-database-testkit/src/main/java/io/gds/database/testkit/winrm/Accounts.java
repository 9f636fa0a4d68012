package io.gds.database.testkit.winrm;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Who may log in. A name without a domain is good for every domain; names do not look at capitals. */
final class Accounts {
    private final Map<String, Account> accounts = new LinkedHashMap<>();

    /** One user. The password is in no text. */
    record Account(String domain, String user, String password) {
        static Account of(String name, String password) {
            int split = name.indexOf('\\');
            return split < 0
                    ? new Account("", name, password)
                    : new Account(name.substring(0, split), name.substring(split + 1), password);
        }

        String name() {
            return domain.isEmpty() ? user : domain + "\\" + user;
        }

        private boolean is(String otherDomain, String otherUser) {
            return user.equalsIgnoreCase(otherUser) && (domain.isEmpty() || domain.equalsIgnoreCase(otherDomain));
        }

        @Override
        public String toString() {
            return name();
        }
    }

    Accounts(Map<String, String> passwords) {
        passwords.forEach((name, password) -> accounts.put(name, Account.of(name, password)));
    }

    Optional<Account> find(String domain, String user) {
        return accounts.values().stream().filter(a -> a.is(domain, user)).findFirst();
    }

    /** The account whose name and password these are. */
    Optional<String> login(String name, String password) {
        Account given = Account.of(name, password);
        return find(given.domain(), given.user())
                .filter(a -> MessageDigest.isEqual(
                        a.password().getBytes(UTF_8), given.password().getBytes(UTF_8)))
                .map(Account::name);
    }

    @Override
    public String toString() {
        return accounts.keySet().toString();
    }
}
