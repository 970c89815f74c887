#include "kiosk/ui/eit_notice.h"

#include "kiosk/ui/phrases.h"

namespace sala::kiosk {

std::optional<std::string> eit_notice(const View& view) {
    const record::Language language = view.state.language;
    if (!view.office.eit) return phrases::kEitUnset.in(language);
    const record::EitCampaign& eit = *view.office.eit;
    if (eit.open_on(view.now.date)) return std::nullopt;
    const bool early = view.now.date < eit.window.first;
    const record::Phrase& phrase = early ? phrases::kEitOpens : phrases::kEitClosed;
    return phrase.in(language) + "\n" +
           record::long_date_text(early ? eit.window.first : eit.window.last, language);
}

}  // namespace sala::kiosk
