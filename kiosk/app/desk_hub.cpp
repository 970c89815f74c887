#include "kiosk/app/desk_hub.h"

namespace sala::kiosk {

class DeskHub::Part final : public QueueDesk {
  public:
    explicit Part(DeskHub& hub) : hub_(hub) {}
    ~Part() override { listen(nullptr); }
    Part(const Part&) = delete;
    Part& operator=(const Part&) = delete;

    Result<void> order(const QueueOrder& order) override { return hub_.desk_.order(order); }
    HallShared hall() const override { return hub_.desk_.hall(); }
    void listen(std::function<void(HallShared)> changed) override {
        const std::lock_guard lock(hub_.mutex_);
        if (changed) {
            hub_.listeners_[this] = std::move(changed);
        } else {
            hub_.listeners_.erase(this);
        }
    }

  private:
    DeskHub& hub_;
};

DeskHub::DeskHub(QueueDesk& desk) : desk_(desk) {
    desk_.listen([this](const HallShared& hall) {
        const std::lock_guard lock(mutex_);
        for (const auto& [part, changed] : listeners_) changed(hall);
    });
}

DeskHub::~DeskHub() { desk_.listen(nullptr); }

std::unique_ptr<QueueDesk> DeskHub::part() { return std::make_unique<Part>(*this); }

}  // namespace sala::kiosk
