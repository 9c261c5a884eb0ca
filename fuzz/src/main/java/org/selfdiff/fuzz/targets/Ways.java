package org.selfdiff.fuzz.targets;

import org.selfdiff.fuzz.Property;
import org.selfdiff.fuzz.Reader;
import org.selfdiff.run.RunFailed;

/** Several ways into the product for the same bytes. */
final class Ways {
    private Ways() {}

    /** Goes all ways; what each of them refuses is refused. */
    static Reader.OfFile all(final Reader.OfFile... ways) {
        return file -> {
            RunFailed refused = null;
            int accepted = 0;
            for (final Reader.OfFile way : ways) {
                try {
                    way.read(file);
                    accepted++;
                } catch (final RunFailed e) {
                    Property.check(e);
                    refused = e;
                }
            }
            if (accepted == 0 && refused != null) {
                throw refused;
            }
        };
    }
}
