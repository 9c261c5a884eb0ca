package org.selfdiff.imaging.jpeg2000;

import java.io.IOException;
import java.util.Base64;

/** Codestreams of another encoder (OpenJPEG 2.5.0), all of the same pattern; all but REAL are lossless. */
final class Streams {
    /** 37 x 26, grey, three resolutions. */
    static final byte[] PLAIN = bytes(
            """
            /0//UQApAAAAAAAlAAAAGgAAAAAAAAAAAAAAJQAAABoAAAAAAAAAAAABBwEB/1IADAAAAAEAAgQEAAH/XAAKQEBISFBISFD/kAAK
            AAAAAAIiAAH/k9+CcBIPG32oy9XtjT5BX0iTPUna8YlQNhNqd+6QaCQFLKVRj22TcSPzOyT80HmgSk5weK7W6JwX9CHjGUcX0bGw
            wSagqU1k3w4BYep1B1zIE8/A6j7TiPwMgDQ7Rv1RSxy9yopcUljPgQHej/EVMu3KRLwlLS96OgUMd9qdNeHjT6TsF0QHsNn7JjoG
            JYHMs4CeXH8vLXAM1/D+RmtHeBKYV/9hTWX7rH1eG2tYZ0lVMJCVRsxMieixdOiMubCspjJmjSPU+YMyvGkh8zKWh9nd2Bl/AE7V
            Y+4IlcJdJlxo4Ii5LCe10Jl1Iy6FQ34noaXb/h3U8eBVqmkL0D/zz8Fmfg5R+CEAiqmGruATuBJMSbMtDo0WEfSTaO2nBopyCFNp
            rjc2LtB70CFKoCthp/Iv6N7QAf1Z5Zmlt8FMDB5bQtkkc6w9g+Sb+m/F2wdau4WrMQEB1LmH9Qg+Ta65GU2NYe3R41gt65hOVW0x
            YptbOSFXL9QD52Xo3k21fGOwhjWuSK4t1An4djjShbX+LtTPkt/q4tQjbkE8pPiOWPoT/VVvXieKpXqvtieUIejvfaGQ2v9KCu4R
            RLLISOUVhxu+64aoHhmXTPM+7kqEaNiHzT9dBBfzE0HcQZPj8EX3IN9L6wwThXZHSLvnvLWDAwFTwFh4sW0v/tXAeVsv8Aj6epjN
            ef3oikI7I5jSIkvvqELKEjX/2Q==""");

    /** 24 x 20, grey, off the origin, tiles, small precincts and blocks, three layers, SOP and EPH. */
    static final byte[] RPCL = bytes(
            """
            /0//UQApAAAAAAAbAAAAGQAAAAMAAAAFAAAAEQAAAB0AAAABAAAAAgABBwEB/1IADwcCAAMAAgEBAAEjNET/XAAKQEBISFBISFD/
            kAAKAAAAAAGrAAH/k/+RAAQAAMjA/5IGQ4j/kQAEAAGA/5L/kQAEAAL9gOD/krRdT+Ppin//kQAEAAOA/5L/kQAEAASA/5L/kQAE
            AAXPtDT/kgdc6PvzEcHK/sJk/X//kQAEAAaA/5L/kQAEAAeA/5L/kQAEAAjD6gaH1BcH1A7/kgymKZ3tMQrR9NZw0ciH1baAElAT
            nfsPo/+RAAQACYD/kv+RAAQACoD/kv+RAAQAC8PqCYfUEQfUDP+SDzF4ZB+bg9J/BmMcpw84VicNnF/FjW//kQAEAAyA/5L/kQAE
            AA2A/5L/kQAEAA7D6gmH1B0H1Ar/kiFaEyi1HXlMbwcVe9Qjx8O7S2Pb/v20Iuh2/if/kQAEAA+A/5L/kQAEABCA/5L/kQAEABHH
            2g8HzhIfaCD/khEX+V39/38Je1WvBstWT/+RAAQAEoD/kv+RAAQAE4D/kv+RAAQAFMPqCofUDwfUCP+SIVoJcRLNKL7d3wx1mPXh
            0ScgRxB//5EABAAVgP+S/5EABAAWgP+S/5EABAAXx9oNB84KH2gQ/5IRFYcZAMMP5w0v/5AACgABAAABMwAB/5P/kQAEAACA/5L/
            kQAEAAGA/5L/kQAEAALPtBT/kgtHxymf/5EABAADzDD/kgqwtv+RAAQABID/kv+RAAQABf1ggP+S8q2PC/+RAAQABoD/kv+RAAQA
            B4D/kv+RAAQACMfaDw+oGg+oHP+SD7SsXeo2Sgrf0+RLTRFLKcFVQ/f/kQAEAAmA/5L/kQAEAAqA/5L/kQAEAAvH2hUPqBYPqBj/
            khByQTn8fKQlOa8HnxGCrw6A643Mf/+RAAQADID/kv+RAAQADYD/kv+RAAQADsPqBofUGwfUCv+SHDlzBKDABxVqc5iXvxqPDNAp
            8x3C7pEf/5EABAAPgP+S/5EABAAQgP+S/5EABAARw+oHh9QPB9QG/5IcOX7BP2CTDHWPQx+ZfxskvP/Z""");

    /** 30 x 21, grey, all code-block styles at once: bypass, reset, termination, causal, predictable, symbols. */
    static final byte[] STYLES = bytes(
            """
            /0//UQApAAAAAAAeAAAAFQAAAAAAAAAAAAAAHgAAABUAAAAAAAAAAAABBwEB/1IADAAAAAEAAQICPwH/XAAHQEBISFD/kAAKAAAA
            AAI2AAH/k9+GKsL3JIpwTRCSYRUCGoQSMPrKGsBzCIfhSddZj0kdTBaNtTnNNUL1y6jeBLrWMIXvqHsHJggdUFK8jLn4KbGVov3h
            g7youVw+V28dT+QsUJqG6kwb9/AIee0ecgjmJyqn9ULSq8F5iRlmBB9gql7hDVFADY51yVXBKbZTVxSVC9LtJGiA76DKJc9GJFyh
            Gs7xurY7lUq2qra0lWltKSqpJ/RAVUm23IkmtrUye6e6Z7p3t3arardqtp//e2//bYK2z8JTEzKkYbcccagagZ+EYihjhwMyMyMy
            MyMfhKYmYyZDZjZjZjZih3gGqcWoSxQ0xid8kP2rcfciDt0GW7BM0oJAljbhSEjn+QJOxr4AAAAAAAAAAAAAKt3d1VCbbOq+AAAA
            CoAAABQAABUqzMwREBSSCr4AAAAAAAAAAAAqIiIVVQ8EkAq+AAAAAAAAAAAAKszM8iIF5JHqvokiMUsAx/w39df9jysJxsRM10oN
            uNYlOBSmSQpR1/jNhGDxYV0AAAAAAAAAAALu3Pz885m92tVdAAAAAAAAAAAC5Mj8MPCQvJhVXQAAAAAAAAAAAhEiAwMMAKIlVV0A
            AAAAAAAAAALkyPww8JAcmRVdXScMRY+Yx+5gymWK3KH6oiLkQAV3GO2sXqvQ8ouvngAAAAAAAAAAAAAB9+A5ngAAAAAAAAAAAAAB
            9+A5ngAAAAAAAAAAAAABAAKFngAAAAAAAAAAAAAB9+K9nv/Z""");

    /** 24 x 17, three components with RCT, two layers, PCRL. */
    static final byte[] COLOUR = bytes(
            """
            /0//UQAvAAAAAAAYAAAAEQAAAAAAAAAAAAAAGAAAABEAAAAAAAAAAAADBwEBBwEBBwEB/1IADAADAAIBAgQEAAH/XAAKQEBISFBI
            SFD/kAAKAAAAAAJ3AAH/k8+BABGHeXSyghSs28JHUgsynXz85ABPxrQzGpbQsyZqOIGUOsZ/x0iEwC71UJhrNbshDbLNNcim/SU+
            khD7RcAgXti+T70CS2z8IDiMfPOTkNqVz0XDxf6dap7w7twvxylIP5cu8x7oiRv3UwpWBxNow3ep5oW6Tidrn4DH2m0faYw+0hBM
            CHq3iN9d5vxopFzYhuCfiLIQCHbytnD43kkWC4oxBQ5tybeVNjSKfKGqyjJDJ4MzL1PaZJ+Ay+YCTBAB1vBpiPRAA+YtM4iEAUty
            ez6d4HMy5KQqnorgwKoVtVGSL6kdR43nWv9/SalU8KBVgUVikF3sly8SSHbNh4T9JIG4vqijIOKJiYP3/lIAJJkDyTxZ1uagPLCK
            U/9QO/0EgA/ucO52Qwzb9tSGWVbMX7xRn98A84WdFCu00RMBFOUke8Hg6Csh/nfM/aJ/aH/eIn7Oy7OhldddPYeK0NLGauwloX+z
            JMMIjHI/dFrRzY/SdI1qAlTXfZ8+AwBsuB60njX5j8qJUkUuFE09aWytPIHmeR8Jq1mN/eGPvCkfgKhUqklRSBSmvVM5xSy9QTB/
            KKwxv/9//3/uazlhwW/LIHy8bxBUdzY/xn//fzdn7tXzXzZABXBgRDbBPuyn/3//f98QkEjYIFOrkK7ma/0DAPFLNkz5qEgGPpzw
            M98AgC4xCbv9oVH2hk/MNKBUCmGmdXuvmsMp++wzOhfUAhkcmt8usrN48InHMNhiLh1fpICAIbwEz8BP7wuPwDRMq6a9jY7iChyO
            BSQZErGNH/9/nipu/wlxTy+opT9I/VLwcT400cQIf/9//9k=""");

    /** 24 x 18, three components, two of them at half the columns and rows, tiles of 16 x 16, CPRL. */
    static final byte[] SUBSAMPLED = bytes(
            """
            /0//UQAvAAAAAAAYAAAAEgAAAAAAAAAAAAAAEAAAABAAAAAAAAAAAAADBwEBBwICBwIC/1IADAAEAAEAAQQEAAH/XAAHQEBISFD/
            kAAKAAAAAADqAAH/k9+CABIrBQ6/QP266auMdlI1B6yfpwz/NhEYAiTFbCC8qllstB2dvZCgHk6Sck7cV2tZTuDGwL3cSHcrgOc9
            WjqPZtfD6hOPtGYfaFgiDt1A6NZHu7665ex2z83FdlB9PaQF/vSgtSGRlgqq2X2ZWOIhNQfRUNxSj03NSKS5P1bRzm8Mz7Q8ER3A
            B0/D6/nE+YZlHEVfx9oND6geH2ggIg/Bvj1fCcS/lx04PyMXQj/PtEADfzPeyLDjjJI7N8O2h+M7x9oND6geH2ggIg/Bvj1fCcS/
            lx04PyMXQj//kAAKAAEAAACTAAH/k8+0hANojh5XQ0/KdEtacJoibRArw98hzBBsnQdnZLwCsJgdH8PqDY+0Oh9oQBzuN8wfHf3g
            Lzm0Cz8pHnuEQ8pk2eEErQK44zREQldhrtw/x9QQE92d+QBBHT/AfCHD6gUAF9e/BxCy9k/PtCQTze7mQmGbiPvAfCHD6gUAF9e/
            BxCy9k//kAAKAAIAAAA/AAH/k8+0JBgQXT+o8TI5XcPqBYB0IBA2uWRfAo/H1AgK4HHGx9oEEJfPtBACiHw3x9oEEJf/kAAKAAMA
            AAA3AAH/k8+0FAH6A8xtw+oDgHQgDmjzAl/D5wQF28B8IQALX8PnBAIpwHwhAAtf/9k=""");

    /** 15 x 13, signed, 16 bits, each pass terminated. */
    static final byte[] DEEP = bytes(
            """
            /0//UQApAAAAAAAPAAAADQAAAAAAAAAAAAAADwAAAA0AAAAAAAAAAAABjwEB/1IADAAAAAEAAgQEBAH/XAAKQICIiJCIiJD/kAAK
            AAAAAAK/AAH/k9/4kmSSikUikUi0UkkmkkmkkkkkEh9aDT9/AQA2/393cz//f60LB/9/L9rL/38/xIf/f3+80X//fw/Ph/9//3/F
            B/9//38A6D//f/9/j5T/f/9/uWN//3//fxPz/3//f7Up/3//fyvD/3/H/hjJRKKSSSSSSSSSSSSSSSSSh/4MykUikkkkkkkkkkkk
            kkklD/wxEopIolEolJJFIpFJJJJJFCFyD58/LCH9I/9/jwRf/3//f/W//3//fw8f/3//f9EX/3//f06f/3//fwXf/3//f0ff/3//
            fwd//3//f+d//3//fzv7/3//fwk//3//fwWj/38KfAcnNn//f3+yP/9/R8J//3//fxHf/3//f8Hn/3//fxPf/3//f8FP/3//f63P
            /3//f7K//3//f4wj/3//f8in/3//f6mf/3//f713/38df3d/GX+T/3//f7ufg/9/XxX/f38k/3+/C/9//39/f/9//39E/3//fzX/
            f/9/C/9//38Qf/9//39kf/9//39Yf/9//39B/3/D/wNUkmkkikkkkkikkkkkkklD/wNSkkk0kk0kkkkk0kkkkk1B/0GhKSSSSSSR
            SKRSKRSKRSKAIg7c/X//f0ir/3//f8pvf/9//3+bkf9//3/W/3//fwJA/3//f7Ql/3//fzyr/3//f9b/f/9/AkD/f/9/tCX/f/9/
            PKv/f/9/tCX/f/9/nnj/fwnGwjW5kFHX/3//f9F3/3//f5o9f/9//3+z7/9//38G1D//f/9/g1//f/9/vzf/f/9/s+//f/9/BtQ/
            /3//f4Nf/3//f783/3//f6fz/3//fx9Jf/9/IuQbvJ9//3//f/9//3//f/9//3//fwAf/3//f/9//3//fwH/f/9/v/9//3/P/3//
            f7//f/9/z/9//39//3//fwf/f/9/n/9//9k=""");

    /** 20 x 12, grey, shifted up by nine bit-planes as a region of interest. */
    static final byte[] REGION = bytes(
            """
            /0//UQApAAAAAAAUAAAADAAAAAAAAAAAAAAAFAAAAAwAAAAAAAAAAAABBwEB/1IADAAAAAEAAQQEAAH/XAAHQEBISFD/XgAFAAAJ
            /5AACgAAAAAAhQAB/5PfgeASKwSuv0D6a02SApNaeik4OzXbFDxUmCGIr/k+wbxgXq/q71J0dmMcQxNrHU34UDA+1P05QPfumLRW
            XSrD6hCH1C0H1BIiDt0kWapPXYHk1zvVK8vfCcbEJnXQh6A91xVFsfgktn2RqiOZ9yLkQhwwWC09D//Z""");

    /** 37 x 26, three components, 9/7 with ICT, half its size. */
    static final byte[] REAL = bytes(
            """
            /0//UQAvAAAAAAAlAAAAGgAAAAAAAAAAAAAAJQAAABoAAAAAAAAAAAADBwEBBwEBBwEB/1IADAABAAEBAwQEAAD/XAAXQmc4Z1Bn
            UGdoUAVQBVBHV9NX01di/5AACgAAAAAFLAAB/5PH2CoSL+MibfoFP+ArCe2xx8jD4IwpdyfD6SgC2/j7TGGXr8pNEvIRVnohNB1u
            FMPpKB5XcQr4e9Q5ExSu2S343VDC+vjZx9gpH2B0feHgJrwuKsLH86luf5PJcd3fI5BeZwYMRAoJbTjuUO9+SD3heCXljydFsRBx
            ir4JXM7048HzEofSNh9YcARjCKVOX4Xpq7ylGpO8B4ednRhCv+gH9uQcZ/hwKJYSsENnF88q8xqE+cKgisPrEYfSMh9I0Chiz1Ky
            d680P0NA388KkGteHqmhOnAISs0MkYxlH4UrXCf3codHSdgJMsfQuj6FUPlPgDDZc1qLkOG1klw0lj3+V2sXvB/zlj2sLseeiGw3
            EBdIgfOJdNfFOwcqk+I2Eqk54Ku3Qb1/wZ4lXuZ4GEj9ULkpSeGxrqp1WIliwgjmZ7SiIlfIA5kGPrAsFo4WfdiD4q+M85viodle
            +qbPIYtTSfuXXlw0UeUGx9CiHyo4fIcAJAL0OKX3fh4fYd6J7GDXarG2uPWCGTZ1l4RD9SWou3hYgBLhVs9OeB+SZczl9145BnYx
            JG5LfnxvuAPtn2ae5rKgfTf7Zb1LlondHm2komw/7O+JwG1/40TZ2XFmQEBmAMkyddxOBsfQgj5jkfMWMbCBYnxNYJDEzDT2WG+D
            o8C+eIAsP1043FcwEmEKEiky/JONLC7fLwgmco+CPQ92ANxaziZfgeu2CbnrMwBHmxjVoPrzfMF/uIOIfdsC0emOaMPlscfNY4fJ
            QknxgEFiPRs0GtJl4CKIqp0UINJNkm7+Mp/xHNL6oywyO+SC5nFZUabvCdvjFbWL7hHJUibqynmrgs504HqOqbvvVDKeAFxd/xG/
            gjAGEpxVkDXLVYUeN5wHSMnQRfp55DtOwba8kR/IPGT3Nyfh8aK3sB1z8iuWMaRKIiHlEBbr5xhoS5fiXp6+ESwBuixDO7fVctEh
            KA/D4EZ6enC4N13Ab+hdyH9c3imeF9zPNE/jFaDBMfTAL/UZW8fC7xRgRXD+3OV/yU/sJL5YsLFYoRICbs14QNofXIFRgd4c1kWf
            rJ0ui8GWzRlNE+rW9E2/PRcrIU2TyQe+puejnCWvFyJw9SEQRyRxo8PlrsfRZofJQUVcLEIyFdwDrsx+LJ2Kxf2j7E9tLGvT7BDf
            bQriuN/ZqBohEQ73ne8BYb01CQoWkg5oLO8LvI6Bhj6O/0JquA+mz2+Noe4O6A82vT6otSFXmIPDnw1bLaAHxkEFd6z1Qvwi64R/
            +RD8M0Z6mEIa0SuJP+JtBPQ8SSZu8U9u00JSq8EkINTvKbHleAOwDqFRKLHhv4TOAtph8jaTTZAaKakyzSPtXEib7im+TE5fLGON
            ULVUkcAgjlLyj+OMgG7+7sooxYJjx26Rn3Sd6vkakhfKXYBA4NUA1YRM4jS6VwHoY2uMVsA0PiSLOZqei4uJV3drkqP+pKHXl4Lm
            3xSVJrVgM4Dpw+WlR89Jh8jEVT0ees5HNSPEsvqXeB++wq8RQvbECaT7R6TEs1oPcVIEA+zM1WFKmX8m/2yybc5thgdyqIG/V0ft
            u7zxZ328BOtsGL6MkMbovsq3N0Rc27gdgDCZNroq2DqwmjY2I4JP+FT/H4RkALGcbA99oZrGMbC34G/dltn4m5c5tAQh1G4wDiP7
            ZN5JIQNakAvhfHj4w2Yliumkxaz/TlbMWZnUYpMuVnQfjE+vYAl6/PqTBUrapbKxj7Z/91FrtuV2EeTm27MKw//Z""");

    /** 37 x 26, grey, three resolutions, two layers, RLCP. */
    static final byte[] LAYERS = bytes(
            """
            /0//UQApAAAAAAAlAAAAGgAAAAAAAAAAAAAAJQAAABoAAAAAAAAAAAABBwEB/1IADAABAAIAAgQEAAH/XAAKQEBISFBISFD/kAAK
            AAAAAAIoAAH/k95kEg8bfajL1e2NPkFfSJM9SdrxiVA2E2p37v1moJBoJAUspVGPbZNxI/M7JPzQeaBKTnB4rtbonBf0IeMZRxfR
            sbDBJqCpTWTfDgFh6nUHXMgTzhYnADQ7Rv1RLy1wDNfw/v2mv2GMfgZASxy9yopcUljPgQHej/EVMu3KRLwlLS96OgUMd9qdNeHj
            T6TsF0QHsNn7JjoGJYHMs4CeXH9Ga0d4EphX/2FNZfusfV4ba1hnSVUwkJVGzEyJ6LF06Iy5sKymMmaNI9T5gzK8aSHzMpaH2d3Y
            GX8ATtVj7giVwl0mXGjgiLksJ7XQmXUjLoVDfiehpdv+HdTx4FWqaQvQP/OkwI1h7dHjWM/BZ+9sj8EIiqmGruATuBJMSbMtDo0W
            EfSTaO2nBopyCFNprjc2LtB70CFKoCthp/Iv6N7QAf1Z5Zmlt8FMDB5bQtkkc6w9g+Sb+m/F2wdau4WrMQEB1LmH9Qg+Ta65GU0t
            65hOVW0xYptbOSFXL9QD52Xo3k21fGOwhjWuSK4t1An4djjShbX+LtTPkt/q4tQjbkE8pPiOWPoT/VVvXieKpXqvtieUIejvfaGQ
            2v9KCu4RRLLISOUVhxu+64aoHhmXTPM+7kqEaNiHzT9dBBfzE0HcQZPj8EX3IN9L6wwThXZHSLvnvLWDAwFTwFh4sW0v/tXAeVsv
            8Aj6epjNef3oikI7I5jSIkvvqELKEjX/2Q==""");

    /** 37 x 26, grey, 9/7, blocks of 4 x 4, a quarter of its size. */
    static final byte[] REAL_BLOCKS = bytes(
            """
            /0//UQApAAAAAAAlAAAAGgAAAAAAAAAAAAAAJQAAABoAAAAAAAAAAAABBwEB/1IADAAAAAEAAgAAAAD/XAARQl9SUAVQBVBHV9NX01di
            /2QAJQABQ3JlYXRlZCBieSBPcGVuSlBFRyB2ZXJzaW9uIDIuNS4w/5AACgAAAAAAiQAB/5Px+J/EK/C/gH+H8IAQzNCtN7aGl5QJ5iBt
            Iel5XQUYBWIwVzEgc1WZ32ZbBIjEJVQ+MwVzpuTo+E8bwn4A9Gl+IxfB6PgwH31y4RQoYRXF4F4HIM8NtkTD3QsF+90R5wdoPR4UwOhH
            kMko8XD/AwAJh/eIDcABWGQFaDf/2Q==""");

    private Streams() {}

    private static byte[] bytes(final String base64) {
        return Base64.getMimeDecoder().decode(base64);
    }

    /** The pattern: ramps, and steps in a chequered field, over the full range of {@code bits}. */
    static int pattern(final int component, final int x, final int y, final int bits, final boolean signed) {
        final int step = (x / 7 ^ y / 5) & 1;
        final int eight = 5 * x + 3 * y + 40 * component + 90 * step & 255;
        return eight * ((1 << bits) - 1) / 255 - (signed ? 1 << bits - 1 : 0);
    }

    static Jpeg2000Planes planes(final byte[] data, final int discard) throws IOException {
        return Jpeg2000.planes(
                data, 0, data.length, new Jpeg2000.Request(10_000, discard, "test"), new Jpeg2000Workspace());
    }

    static Jpeg2000Picture picture(final byte[] data, final Jpeg2000.Part part) throws IOException {
        final Jpeg2000.Request request = new Jpeg2000.Request(10_000, 0, "test", part);
        return Jpeg2000.decode(data, 0, data.length, request, new Jpeg2000Workspace(), byte[]::new);
    }

    static Jpeg2000Picture picture(final byte[] data) throws IOException {
        return Jpeg2000.decode(data, 0, data.length, 10_000, "test");
    }
}
