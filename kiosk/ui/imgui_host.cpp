#include "kiosk/ui/imgui_host.h"

#include <imgui.h>

#include <cfloat>
#include <deque>

#include "kiosk/ui/damage.h"
#include "kiosk/ui/picture_cache.h"
#include "kiosk/ui/theme.h"
#include "kiosk/ui/ui.h"

namespace sala::kiosk {
namespace {

constexpr int kFramesAfterInput = 3;
constexpr float kFrameSeconds = 1.0F / 60;

struct ContextDeleter {
    void operator()(ImGuiContext* context) const { ImGui::DestroyContext(context); }
};
using Context = std::unique_ptr<ImGuiContext, ContextDeleter>;

Context make_context() {
    Context context(ImGui::CreateContext());
    ImGui::SetCurrentContext(context.get());
    ImGuiIO& io = ImGui::GetIO();
    io.IniFilename = nullptr;
    io.LogFilename = nullptr;
    io.ConfigFlags = ImGuiConfigFlags_NoMouseCursorChange;
    io.DeltaTime = kFrameSeconds;
    // ImGui wants a font even where nothing is written with it. Its texture is never shown: solid quads name
    // it, and the canvas fills them with their colour.
    unsigned char* pixels = nullptr;
    int width = 0, height = 0;
    io.Fonts->GetTexDataAsAlpha8(&pixels, &width, &height);
    io.Fonts->SetTexID(nullptr);
    ImGuiStyle& style = ImGui::GetStyle();
    style.WindowPadding = {0, 0};
    style.WindowBorderSize = 0;
    return context;
}

// The finger as ImGui must see it: position first, then the press; at the lift the position stays for one
// frame, then the finger is gone. One step per frame.
class FingerFeed {
  public:
    void push(const PointerEvent& event) {
        if (queue_.size() < kPointersMax) queue_.push_back(event);
    }

    bool busy() const { return !queue_.empty() || step_ == Step::kPress || step_ == Step::kGone; }

    void advance(ImGuiIO& io) {
        if (step_ == Step::kPress) {
            io.MouseDown[0] = true;
            step_ = Step::kRest;
            return;
        }
        if (step_ == Step::kGone) {
            io.MousePos = {-FLT_MAX, -FLT_MAX};
            step_ = Step::kRest;
            return;
        }
        while (!queue_.empty()) {
            const PointerEvent event = queue_.front();
            queue_.pop_front();
            if (event.kind == PointerEvent::Kind::kMove) {
                io.MousePos = {event.x, event.y};
                continue;
            }
            if (event.kind == PointerEvent::Kind::kCancel) {
                io.MouseDown[0] = false;
                io.MousePos = {-FLT_MAX, -FLT_MAX};
                return;
            }
            io.MousePos = {event.x, event.y};
            io.MouseDown[0] = false;
            step_ = event.kind == PointerEvent::Kind::kDown ? Step::kPress : Step::kGone;
            return;
        }
    }

  private:
    enum class Step { kRest, kPress, kGone };
    std::deque<PointerEvent> queue_;
    Step step_ = Step::kRest;
};

ClipRect clip_of(const ImDrawCmd& command) {
    const ImVec4& c = command.ClipRect;
    return {static_cast<int>(c.x), static_cast<int>(c.y), static_cast<int>(c.z - c.x),
            static_cast<int>(c.w - c.y)};
}

// Takes the draw data apart into rectangles and triangles.
Pieces pieces_of(const ImDrawData& data) {
    Pieces pieces;
    for (int i = 0; i < data.CmdListsCount; ++i) {
        const ImDrawList& list = *data.CmdLists[i];
        const auto corner = [&list](ImDrawIdx index) {
            const ImDrawVert& v = list.VtxBuffer[index];
            return Vertex{v.pos.x, v.pos.y, v.uv.x, v.uv.y, v.col};
        };
        for (const ImDrawCmd& cmd : list.CmdBuffer) {
            if (cmd.UserCallback) continue;
            const ClipRect clip = clip_of(cmd);
            const auto texture = static_cast<TextureId>(reinterpret_cast<std::uintptr_t>(cmd.GetTexID()));
            const ImDrawIdx* ix = list.IdxBuffer.Data + cmd.IdxOffset;
            for (unsigned at = 0; at + 3 <= cmd.ElemCount;) {
                const ImDrawIdx* t = ix + at;
                const bool two = at + 6 <= cmd.ElemCount && t[0] == t[3] && t[2] == t[4];
                const Vertex third = corner(t[2]);
                pieces.push_back(
                    {{corner(t[0]), corner(t[1]), third, two ? corner(t[5]) : third}, texture, clip});
                at += two ? 6 : 3;
            }
        }
    }
    return pieces;
}

}  // namespace

struct ImguiHost::Parts {
    Parts(Window& w, const paint::TextEngine& engine)
        : window(w), pictures(w.canvas(), engine), ui(pictures, engine), context(make_context()) {}

    ClipRect whole() const { return {0, 0, window.width(), window.height()}; }

    // Draws where the frame differs from the one before, and tells where.
    Areas draw(Pieces frame) {
        Areas areas;
        if (nothing_drawn) {
            areas.add(whole());
        } else {
            areas = changed_areas(drawn, frame);
        }
        for (const ClipRect& area : areas.all()) draw_area(window.canvas(), frame, area, theme::kPaper);
        nothing_drawn = false;
        drawn = std::move(frame);
        return areas;
    }

    // Shows what is new; nothing where nothing is.
    void show(Areas areas) {
        if (exposed) areas.add(whole());
        exposed = false;
        if (areas.all().empty()) return;
        window.present(areas.all());
        ++presented;
    }

    std::optional<Event> lay_out(const View& view);

    Window& window;
    PictureCache pictures;
    Ui ui;
    Context context;
    FingerFeed finger;
    Pieces drawn;
    int frames_due = 1;
    bool nothing_drawn = true;
    bool exposed = false;
    std::uint64_t presented = 0;
};

ImguiHost::ImguiHost(Window& window, const paint::TextEngine& text)
    : parts_(std::make_unique<Parts>(window, text)) {}
ImguiHost::~ImguiHost() = default;

void ImguiHost::take(const Frame& input) {
    for (const PointerEvent& event : input.pointers) parts_->finger.push(event);
    if (!input.pointers.empty()) parts_->frames_due = kFramesAfterInput;
    parts_->exposed = parts_->exposed || input.exposed;
    if (input.resized) {
        parts_->pictures.clear();
        parts_->nothing_drawn = true;
    }
}

void ImguiHost::request_frame() { parts_->frames_due = std::max(parts_->frames_due, 1); }

bool ImguiHost::wants_frame() const {
    return parts_->frames_due > 0 || parts_->finger.busy() || parts_->exposed || parts_->nothing_drawn;
}

std::optional<Event> ImguiHost::Parts::lay_out(const View& view) {
    ImGui::SetCurrentContext(context.get());
    ImGuiIO& io = ImGui::GetIO();
    io.DisplaySize = {static_cast<float>(window.width()), static_cast<float>(window.height())};
    finger.advance(io);
    pictures.begin_frame();

    ImGui::NewFrame();
    ImGui::SetNextWindowPos({0, 0});
    ImGui::SetNextWindowSize(io.DisplaySize);
    constexpr ImGuiWindowFlags kWholeScreen =
        ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
        ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoNav | ImGuiWindowFlags_NoScrollWithMouse;
    ImGui::Begin("screen", nullptr, kWholeScreen);
    ui.begin(ImGui::GetWindowDrawList(), view, {window.width(), window.height(), window.display().px_per_mm});
    std::optional<Event> event = draw_screen(ui, view);
    ImGui::End();
    ImGui::Render();
    return event;
}

void ImguiHost::prepare(const View& view) {
    parts_->lay_out(view);
    parts_->draw(pieces_of(*ImGui::GetDrawData()));
    parts_->exposed = true;
}

std::optional<Event> ImguiHost::frame(const View& view) {
    Parts& p = *parts_;
    if (p.frames_due > 0) --p.frames_due;
    std::optional<Event> event = p.lay_out(view);
    // What the finger does to widgets shows in the frame after; what the event does, when the caller has
    // reacted.
    if (p.finger.busy() || event) p.frames_due = std::max(p.frames_due, kFramesAfterInput - 1);
    p.show(p.draw(pieces_of(*ImGui::GetDrawData())));
    return event;
}

bool ImguiHost::moving() const { return parts_->ui.moving(); }

std::int64_t ImguiHost::due_mono_ms() const { return parts_->ui.due_mono_ms(); }

const Grid& ImguiHost::grid() const { return parts_->ui.grid(); }

std::span<const WidgetInfo> ImguiHost::widgets() const { return parts_->ui.widgets(); }

std::span<const DrawnText> ImguiHost::texts() const { return parts_->ui.texts(); }

std::uint64_t ImguiHost::presented() const { return parts_->presented; }

}  // namespace sala::kiosk
