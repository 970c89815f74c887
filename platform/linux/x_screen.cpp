#include "platform/linux/x_screen.h"

#include <SDL_syswm.h>
#include <X11/extensions/Xrandr.h>

#include <algorithm>

#include "platform/base/handle.h"

namespace sala {
namespace {

using Resources = Handle<XRRScreenResources, XRRFreeScreenResources>;
using Output = Handle<XRROutputInfo, XRRFreeOutputInfo>;
using Crtc = Handle<XRRCrtcInfo, XRRFreeCrtcInfo>;

}  // namespace

std::unique_ptr<XScreen> XScreen::of(SDL_Window* window) {
    SDL_SysWMinfo info;
    SDL_VERSION(&info.version);
    if (!SDL_GetWindowWMInfo(window, &info) || info.subsystem != SDL_SYSWM_X11) return nullptr;
    ::Display* display = info.info.x11.display;
    int first_event = 0, first_error = 0, major = 1, minor = 3;
    if (!XRRQueryExtension(display, &first_event, &first_error) ||
        !XRRQueryVersion(display, &major, &minor) || major < 1 || (major == 1 && minor < 3)) {
        return nullptr;
    }
    // The server keeps the first mask that a client chose for a window: SDL's own, which is the output's,
    // goes and comes back among others.
    XRRSelectInput(display, DefaultRootWindow(display), 0);
    XRRSelectInput(display, DefaultRootWindow(display),
                   RROutputChangeNotifyMask | RRScreenChangeNotifyMask | RRCrtcChangeNotifyMask);
    SDL_EventState(SDL_SYSWMEVENT, SDL_ENABLE);
    return std::unique_ptr<XScreen>(new XScreen(display, info.info.x11.window, first_event));
}

bool XScreen::is_change(const SDL_Event& event) const {
    if (event.type != SDL_SYSWMEVENT || event.syswm.msg == nullptr) return false;
    const int type = event.syswm.msg->msg.x11.event.type;
    return type == first_event_ + RRScreenChangeNotify || type == first_event_ + RRNotify;
}

std::vector<XScreen::Lit> XScreen::all_lit() const {
    auto* display = static_cast<::Display*>(display_);
    const ::Window root = DefaultRootWindow(display);
    const Resources resources(XRRGetScreenResourcesCurrent(display, root));
    if (!resources) return {};
    const RROutput primary = XRRGetOutputPrimary(display, root);
    std::vector<Lit> found;
    for (int i = 0; i < resources->noutput; ++i) {
        const RROutput id = resources->outputs[i];
        const Output output(XRRGetOutputInfo(display, resources.get(), id));
        if (!output || output->crtc == None) continue;
        const Crtc crtc(XRRGetCrtcInfo(display, resources.get(), output->crtc));
        if (!crtc || crtc->mode == None || crtc->width == 0 || crtc->height == 0) continue;
        const Lit lit{{crtc->x, crtc->y, static_cast<int>(crtc->width), static_cast<int>(crtc->height)},
                      static_cast<int>(output->mm_width),
                      static_cast<int>(output->mm_height)};
        found.insert(id == primary ? found.begin() : found.end(), lit);
    }
    return found;
}

std::optional<XScreen::Lit> XScreen::lit() const {
    const std::vector<Lit> all = all_lit();
    return all.empty() ? std::nullopt : std::optional(all.front());
}

std::optional<XScreen::Lit> XScreen::lit_beside() const {
    const std::vector<Lit> all = all_lit();
    const auto found = std::ranges::find_if(all, [&](const Lit& each) {
        return SDL_HasIntersection(&each.place, &all.front().place) == SDL_FALSE;
    });
    return found == all.end() ? std::nullopt : std::optional(*found);
}

void XScreen::place_window(const SDL_Rect& place) const {
    auto* display = static_cast<::Display*>(display_);
    XMoveResizeWindow(display, window_, place.x, place.y, static_cast<unsigned>(place.w),
                      static_cast<unsigned>(place.h));
    XFlush(display);
}

}  // namespace sala
